"""Read an SQL statement with DuckDB's own parser: is it one harmless select, and what does it read?

`json_serialize_sql` decides, not a second parser (facts: `with a as (insert …) select` parses as
a select and writes). Reading a statement never runs it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from trueline.model.errors import QueryRefused

from .engine import Database
from .qualification import bare_columns, position_in
from .statement_memo import remembered

QUERY_NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE", "VALUES_NODE"})
TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})
CLOCKS = frozenset(
    """now current_timestamp current_date current_time today get_current_timestamp get_current_time localtime
    localtimestamp transaction_timestamp random setseed uuid uuidv4 uuidv7 gen_random_uuid nextval currval
    txid_current age ago clock_timestamp statement_timestamp pg_postmaster_start_time pg_conf_load_time
    current_localtime current_localtimestamp current_query current_query_id current_transaction_id
    current_connection_id stats""".split()
)
SECRETS = frozenset(
    """getenv getvariable current_setting which_secret read_text read_blob glob setval sleep_ms write_log
    current_database current_schema current_schemas current_catalog in_search_path vector_type error""".split()
)
"""They reach outside the tables, or do something besides answering."""


@dataclass(frozen=True)
class Statement:
    """One select, as far as its text tells."""

    sql: str
    reads: frozenset[str]
    """Tables that it names, CTEs left out."""
    places: Mapping[str, tuple[int, int]]
    """Line and column where each of these is first named."""
    functions: frozenset[str]
    orders_without_nulls: tuple[str, ...]
    """Columns ordered by without saying where nulls go."""
    unqualified: tuple[tuple[str, int, int], ...] = ()
    """Columns written without their table where more than one is read, each with its line and column."""
    constants: Mapping[str, float] = field(default_factory=dict)
    """Columns that are written as plain numbers."""


def version_of_reading() -> str:
    """Return what decides how a text is read: DuckDB's version, and the code of this module and of the next."""
    from importlib.metadata import version  # it imports half the library, and few commands read SQL

    code = [Path(__file__), Path(__file__).with_name("qualification.py")]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in code)).hexdigest()
    return f"{version('duckdb')} {digest}"


@lru_cache(maxsize=1)
def _parser() -> Database:
    return Database.building()


@lru_cache(maxsize=4096)
def parse(sql: str) -> Statement:
    """Return what one select reads.

    Raises QueryRefused unless the text is exactly one select that cannot write, calls no clock,
    no random and no secret, and reaches tables by plain names only.
    """
    memo = remembered(version_of_reading)
    told = memo.get(sql) if memo else None
    if told is not None:
        with suppress(KeyError, TypeError, ValueError):
            return _told(sql, told)
    statement = _read(sql)
    if memo:
        memo.add(sql, _telling(statement))
    return statement


def _told(sql: str, told: Mapping[str, Any]) -> Statement:
    places = {name: (int(line), int(col)) for name, line, col in told["places"]}
    unqualified = tuple((str(name), int(line), int(col)) for name, line, col in told["unqualified"])
    functions, orders = frozenset(map(str, told["functions"])), tuple(map(str, told["orders"]))
    return Statement(sql, frozenset(places), places, functions, orders, unqualified, dict(told["constants"]))


def _telling(statement: Statement) -> dict[str, Any]:
    return {
        "places": [(name, *place) for name, place in statement.places.items()],
        "functions": sorted(statement.functions),
        "orders": list(statement.orders_without_nulls),
        "unqualified": list(statement.unqualified),
        "constants": dict(statement.constants),
    }


def _read(sql: str) -> Statement:
    reads: dict[str, tuple[int, int]] = {}
    functions: set[str] = set()
    orders: list[str] = []
    try:
        node = _single_select(sql)
        for kind, value, position in _walk(node, frozenset()):
            if kind == "table":
                reads.setdefault(value, place_of(sql, position))
            elif kind == "function":
                functions.add(value)
            else:
                orders.append(value)
        bare = tuple((name, *place_of(sql, position)) for name, position in bare_columns(node))
    except RecursionError:
        raise QueryRefused("the SQL is nested too deeply") from None
    for name in sorted(functions & CLOCKS):
        raise QueryRefused(f"{name} gives another answer each time; use the table run for dates")
    for name in sorted(functions & SECRETS):
        raise QueryRefused(f"the function {name} is not available here")
    constants = dict(_constants(node))
    return Statement(sql, frozenset(reads), reads, frozenset(functions), tuple(orders), bare, constants)


def place_of(sql: str, position: int) -> tuple[int, int]:
    """Return line and column, 1-based, of a position in bytes; 0 and 0 where it is none."""
    text = sql.encode("utf-8", "surrogateescape")
    if not 0 <= position < len(text):
        return 0, 0
    before = text[:position].decode(errors="replace")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def check_tables(statement: Statement, known: Iterable[str]) -> None:
    """Raise QueryRefused, with a suggestion, where the statement reads a table that does not exist."""
    import difflib  # only who mistypes needs it

    names = sorted(known)
    for table in sorted(statement.reads - set(names)):
        close = difflib.get_close_matches(table, names, 1)
        line, col = statement.places[table]
        fix = f"Did you mean {close[0]}?" if close else ""
        raise QueryRefused(f"there is no table {table}", fix=fix, line=line, col=col)


def _single_select(sql: str) -> dict[str, Any]:
    if "\x00" in sql:
        raise QueryRefused("the SQL contains a NUL character")
    answer = json.loads(_parser().rows("select json_serialize_sql(?)", [sql])[0][0])
    if answer["error"]:
        raise _refusal(sql, answer)
    if len(answer["statements"]) != 1:
        raise QueryRefused(f"exactly one statement is needed, not {len(answer['statements'])}")
    node: dict[str, Any] = answer["statements"][0]["node"]
    return node


def _constants(node: dict[str, Any]) -> Iterator[tuple[str, float]]:
    for item in node.get("select_list") or ():
        value, sign = item, 1
        if item.get("class") == "FUNCTION" and item["function_name"] == "-" and len(item["arguments"]) == 1:
            value, sign = item["arguments"][0]["expression"], -1
        literal = value.get("literal") or {}
        if item.get("alias") and literal.get("kind") in ("INTEGER", "DECIMAL", "FLOAT", "DOUBLE", "NUMBER"):
            with suppress(ValueError):
                yield str(item["alias"]).lower(), sign * float(literal["text"])


def _refusal(sql: str, answer: dict[str, Any]) -> QueryRefused:
    if answer.get("error_type") == "not implemented":
        return QueryRefused("only a select statement is allowed")
    line, col = place_of(sql, int(answer["position"])) if str(answer.get("position", "")).isdigit() else (0, 0)
    return QueryRefused(str(answer.get("error_message", "not understood")), line=line, col=col)


def _walk(node: Any, scope: frozenset[str]) -> Iterator[tuple[str, str, int]]:
    """Yield ("table", name), ("function", name) and ("order", column), each with its position, of a node and below."""
    if isinstance(node, list):
        for item in node:
            yield from _walk(item, scope)
    if not isinstance(node, dict):
        return
    yield from _facts(node, scope)
    if node.get("type") == "RECURSIVE_CTE_NODE":
        scope |= {str(node["cte_name"]).lower()}
    for cte in (node.get("cte_map") or {}).get("map") or ():
        yield from _walk(cte["value"], scope)
        scope |= {str(cte["key"]).lower()}
    for key, value in node.items():
        if key != "cte_map":
            yield from _walk(value, scope)


def _facts(node: dict[str, Any], scope: frozenset[str]) -> Iterator[tuple[str, str, int]]:
    """Yield what one node says by itself. Raises QueryRefused where it writes or reaches outside."""
    kind, group = str(node.get("type", "")), node.get("class")
    if kind.endswith("_NODE") and kind not in QUERY_NODES:
        raise QueryRefused("a statement that writes is not allowed")
    if kind == "SHOW_REF":
        raise QueryRefused("only a select statement is allowed")
    if kind == "BASE_TABLE":
        yield from _base_table(node, scope)
    elif kind == "TABLE_FUNCTION" and node["function"]["function_name"].lower() not in TABLE_FUNCTIONS:
        raise QueryRefused(f"the table function {node['function']['function_name']} is not available here")
    elif kind == "ORDER_MODIFIER" or group == "WINDOW":
        yield from _orders(node)
    if group in ("FUNCTION", "WINDOW"):
        yield "function", str(node["function_name"]).lower(), position_in(node)
    elif group == "COLUMN_REF" and str(node["column_names"][0]).lower() in CLOCKS:
        yield "function", str(node["column_names"][0]).lower(), position_in(node)


def _base_table(node: dict[str, Any], scope: frozenset[str]) -> Iterator[tuple[str, str, int]]:
    path = node.get("qualified_name", {}).get("path") or [node["table_name"]]
    if len(path) > 1:
        raise QueryRefused(f"tables are named without a schema, not {'.'.join(path)}")
    name = str(path[0]).lower()
    if name not in scope:
        yield "table", name, position_in(node)


def _orders(node: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    for order in node.get("orders", ()):
        if order.get("null_order") == "ORDER_DEFAULT":
            names = order["expression"].get("column_names")
            yield "order", names[-1] if names else "an expression", position_in(order["expression"])
