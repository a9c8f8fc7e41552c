"""Find columns that are written without their table where a select reads more than one.

Such a column changes its meaning when another table gets one of that name. Pure: it looks at what
`json_serialize_sql` gives, and knows no table's columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_CLAUSES = ("select_list", "where_clause", "group_expressions", "having", "qualify")


def bare_columns(node: Any) -> Iterator[tuple[str, int]]:
    """Yield each such column of a serialised statement with its position in bytes."""
    if isinstance(node, list):
        for item in node:
            yield from bare_columns(item)
    elif isinstance(node, dict):
        if node.get("type") == "SELECT_NODE":
            yield from _of_select(node)
        for value in node.values():
            yield from bare_columns(value)


def position_in(node: Mapping[str, Any]) -> int:
    """Return the position of a node in bytes; -1 where the parser made the node up."""
    position = node.get("query_location")
    return position if isinstance(position, int) and position < 2**63 else -1


def _of_select(node: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    tables, shared = _sources(node.get("from_table"))
    if tables < 2:
        return
    # Names that the select itself gives, and columns that `using` made one, have no table.
    own = shared | {str(item["alias"]).lower() for item in node["select_list"] if item.get("alias")}
    for clause in _CLAUSES:
        yield from _bare(node.get(clause), own)
    yield from _conditions(node["from_table"], shared)
    for modifier in node.get("modifiers") or ():
        yield from _bare(modifier, own)


def _sources(source: Any) -> tuple[int, frozenset[str]]:
    """Return how many tables a from clause joins, and the columns that `using` makes one."""
    if not isinstance(source, dict) or source.get("type") == "EMPTY":
        return 0, frozenset()
    if source.get("type") != "JOIN":
        return 1, frozenset()
    left, right = _sources(source["left"]), _sources(source["right"])
    shared = frozenset(str(name).lower() for name in source.get("using_columns") or ())
    return left[0] + right[0], left[1] | right[1] | shared


def _conditions(source: Any, shared: frozenset[str]) -> Iterator[tuple[str, int]]:
    if isinstance(source, dict) and source.get("type") == "JOIN":
        yield from _bare(source.get("condition"), shared)
        yield from _conditions(source["left"], shared)
        yield from _conditions(source["right"], shared)


def _bare(node: Any, own: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield columns of one name below a node, selects inside it left out: those are looked at by themselves."""
    if isinstance(node, list):
        for item in node:
            yield from _bare(item, own)
    elif isinstance(node, dict) and node.get("type") != "SELECT_NODE":
        if node.get("class") == "LAMBDA":
            own = own | _names(node.get("lhs")) | _names(node.get("syntax_type"))
        if node.get("class") == "COLUMN_REF":
            names = node["column_names"]
            if len(names) == 1 and str(names[0]).lower() not in own:
                yield str(names[0]), position_in(node)
        for value in node.values():
            yield from _bare(value, own)


def _names(node: Any) -> frozenset[str]:
    """Return every column name below a node: the parameters of a lambda."""
    if isinstance(node, list):
        return frozenset[str]().union(*(_names(item) for item in node))
    if not isinstance(node, dict):
        return frozenset()
    own = frozenset(str(name).lower() for name in node.get("column_names") or ())
    return own.union(*(_names(value) for value in node.values()))
