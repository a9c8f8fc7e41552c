"""Tables that tests go over: their rows and the names of their columns, as far as they are written out."""

from __future__ import annotations

from dataclasses import dataclass

from tree_sitter import Node

from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages_chain import name_of, unwrapped
from trueline.sources.enforcement.languages_nodes import everything, named, part
from trueline.sources.enforcement.languages_scope import Scope
from trueline.sources.enforcement.languages_source import Source

CASES_KEPT = 2_000
_OF_OBJECT = frozenset({"Object.entries", "Object.keys", "Object.values"})


@dataclass(frozen=True)
class Table:
    """A table that a loop goes over, from its first line to its last."""

    first: int
    last: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    name: str | None
    """Set where its rows are defined elsewhere."""


def table_of(loop: Node, scope: Scope) -> Table | None:
    """Return the table that a loop goes over; None where it is neither written out nor a name."""
    iterated, names = part(loop, "right", "value"), part(loop, "left")
    if iterated is None or loop.type == "for_statement":
        clause = next((child for child in named(loop) if child.type == "range_clause"), None)
        iterated, names = part(clause, "right"), part(clause, "left")
    if iterated is None:
        return None
    rows = rows_of(iterated, scope)
    name = syntax.text_of(iterated) if iterated.type in scope.language.identifiers else None
    if not rows and not name:
        return None
    columns = columns_of(iterated, scope)
    lines = (syntax.line_of(loop), syntax.end_line_of(loop))
    return Table(*lines, tuple(rows), columns or names_of(names), None if rows else name)


def names_of(pattern: Node | None) -> tuple[str, ...]:
    """Return the names that a row is taken apart into: `[given, wanted]`, or `name, [given, wanted]`."""
    if pattern is None:
        return ()
    return tuple(
        syntax.text_of(one)
        for one in everything(pattern)
        if one.type in ("identifier", "shorthand_property_identifier_pattern") and syntax.text_of(one) != "_"
    )


def rows_of(node: Node, scope: Scope) -> list[str]:
    """Return the rows of a table written out, or of the name it was given; nothing where it cannot be read."""
    node = unwrapped(node, scope.language)
    value = scope.value(node) or scope.outer.get(syntax.text_of(node)) or node
    value = unwrapped(value, scope.language)
    if value.type in scope.language.calls:
        links = scope.source.chain(value)
        if name_of(links) in _OF_OBJECT and links[-1].args:
            return rows_of(links[-1].args[0], scope)
    if value.type not in scope.language.composites:
        return []
    inner = part(value, "body", "value") or value
    return [row_of(element, scope.source) for element in named(inner)[:CASES_KEPT]]


def columns_of(node: Node, scope: Scope) -> tuple[str, ...]:
    """Return the names of the columns of a table of structures, where its type says them."""
    node = unwrapped(node, scope.language)
    value = scope.value(node) or scope.outer.get(syntax.text_of(node)) or node
    kind = part(value, "type")
    if kind is None:
        return ()
    fields = [one for one in everything(kind) if one.type == "field_declaration"]
    if not fields:
        return ()
    names = [syntax.text_of(name) for one in fields for name in one.children_by_field_name("name")]
    return tuple((["key"] if kind.type == "map_type" else []) + names)


def row_of(node: Node, source: Source) -> str:
    """Return one row as its columns with commas between; brackets around the row are left out."""
    language = source.language
    node = unwrapped(node, language)
    if node.type in ("keyed_element", "pair"):
        key, value = part(node, "key"), part(node, "value")
        if key is not None and value is not None:
            inner = unwrapped(value, language)
            if inner.type in language.composites | language.rows:
                return f"{source.text(key)},{row_of(inner, source)}"
            return f"{source.text(key)},{source.text(inner)}"
    if node.type in language.composites | language.rows:
        inner = part(node, "body", "value") or node
        return syntax.shortened(",".join(source.text(child) for child in named(inner)))
    if node.type in language.calls and source.chain(node)[-1].name in ("of", "arguments", "args"):
        return syntax.shortened(",".join(source.text(child) for child in source.chain(node)[-1].args or ()))
    return source.text(node)
