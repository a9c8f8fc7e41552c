"""Tests that are calls: `describe("a", …)` around `it("b", …)`, with their hooks, tables and conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from tree_sitter import Node

from trueline.model.enforcement import Condition, TestUnit
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages_body import Framework, read_body
from trueline.sources.enforcement.languages_chain import is_top
from trueline.sources.enforcement.languages_nodes import named, part
from trueline.sources.enforcement.languages_rows import names_of, rows_of
from trueline.sources.enforcement.languages_scope import Scope, definitions_of
from trueline.sources.enforcement.languages_source import Source


@dataclass(frozen=True)
class Registration:
    """One call that registers a test, a suite or a hook."""

    kind: Literal["suite", "test", "hook"]
    name: str
    body: Node | None
    conditions: tuple[Condition, ...] = ()
    rows: tuple[str, ...] = ()
    table_name: str | None = None
    row_names: tuple[str, ...] = ()


class Words(Framework, Protocol):
    """A framework that also knows which calls register tests."""

    def registration(self, node: Node, scope: Scope) -> Registration | None:
        """Return what the call registers, None for any other node."""
        ...


@dataclass(frozen=True)
class _Around:
    """What surrounds a place of the file."""

    names: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    table_name: str | None = None
    in_helper: bool = False


@dataclass
class Suites:
    """What a file registers."""

    units: list[TestUnit] = field(default_factory=list)
    helpers: list[TestUnit] = field(default_factory=list)
    mocks: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    """What is replaced outside of tests, with the suites that it holds for."""
    skips: list[tuple[tuple[str, ...], Condition]] = field(default_factory=list)
    """What hooks skip, likewise."""


def outer_values(source: Source) -> Mapping[str, Node]:
    """Return the names of a file that are given one value, written out, once."""
    written = source.language.literals | source.language.composites
    found: dict[str, Node] = {}
    for name, places in definitions_of(source.root, source).items():
        value = places[0].value
        if len(places) == 1 and value is not None and value.type in written:
            found[name] = value
    return found


def read_suites(source: Source, words: Words, outer: Mapping[str, Node]) -> Suites:
    """Return the tests that a file registers, named from the outside to the inside."""
    suites = Suites()
    whole = FileScope(source, outer)
    registering = source.language.calls | source.language.functions
    stack: list[tuple[Node, _Around]] = [(source.root, _Around())]
    while stack:
        node, around = stack.pop()
        if node.type not in source.language.marked:
            stack.extend((one, around) for one in reversed(source.below(node)))
            continue
        found = words.registration(node, whole) if node.type in registering else None
        if found is None:
            targets = words.mocks(node, whole) if node.type in source.language.calls and not around.in_helper else ()
            suites.mocks += [(around.names, target) for target in targets]
            stack.extend(reversed(_inside(node, around, source, words, whole, suites)))
            continue
        inner = replace(
            around,
            names=(*around.names, found.name) if found.name else around.names,
            conditions=around.conditions + found.conditions,
            rows=around.rows + found.rows,
            table_name=found.table_name or around.table_name,
        )
        if found.kind == "suite":
            if found.body is not None:
                stack.append((found.body, inner))
            continue
        unit = unit_of(node, found.body, " > ".join(inner.names), source, words, outer)
        if found.body is not None and not _holds(node, found.body):
            unit = _of_macro(unit, node, source)
        unit = replace(
            unit,
            conditions=tuple(dict.fromkeys(inner.conditions + unit.conditions)),
            cases=(inner.rows if _is_of_row(unit, found.name, inner) else ()) + unit.cases,
            case_names=found.row_names or inner.columns or unit.case_names,
            table_name=inner.table_name or unit.table_name,
        )
        if found.kind == "hook":
            suites.mocks += [(around.names, target) for target in unit.mocks]
            if found.name.lower().startswith(("before", "setup")):
                suites.skips += [(around.names, condition) for condition in unit.conditions]
            suites.helpers.append(replace(unit, cases=()))
            continue
        nested = _nested(found.body, source, words, whole)
        stack.extend((child, replace(inner, rows=())) for child in reversed(nested))
        if unit.assertions or not nested:
            suites.units.append(unit)
    suites.units = [_surrounded(unit, suites) for unit in suites.units]
    return suites


def _holds(node: Node, other: Node) -> bool:
    return node.start_byte <= other.start_byte and other.end_byte <= node.end_byte


def _of_macro(unit: TestUnit, node: Node, source: Source) -> TestUnit:
    """Return a test that runs a function of the file by its name: what it gives is its own, the rest that function's."""
    links = source.chain(node)
    given = [source.text(arg) for arg in links[-1].args or () if arg.type in source.language.identifiers]
    body = f"{source.body(node)} {unit.body}"[: syntax.BODY_LENGTH]
    return replace(unit, body=body, calls=tuple(dict.fromkeys([*given[:1], *unit.calls])))


def _is_of_row(unit: TestUnit, title: str, around: _Around) -> bool:
    """Tell whether a test in a loop uses the row that it is run for, in its body or its own title."""
    if not around.columns or not unit.body:
        return True
    return not {*unit.body.split(), *re.findall(r"\w+", title)}.isdisjoint(around.columns)


def _surrounded(unit: TestUnit, suites: Suites) -> TestUnit:
    """Return a test with what is replaced and skipped for it outside of it."""

    def holds(names: tuple[str, ...]) -> bool:
        return not names or unit.name.startswith(" > ".join(names) + " > ")

    mocks = [target for names, target in suites.mocks if holds(names)]
    skips = [condition for names, condition in suites.skips if holds(names)]
    if not mocks and not skips:
        return unit
    return replace(
        unit,
        mocks=tuple(dict.fromkeys([*mocks, *unit.mocks])),
        conditions=tuple(dict.fromkeys([*skips, *unit.conditions])),
    )


def unit_of(
    node: Node,
    body: Node | None,
    name: str,
    source: Source,
    framework: Framework,
    outer: Mapping[str, Node],
    scope: Scope | None = None,
) -> TestUnit:
    """Return the test that a node is, read from its body; a scope given is that of the function around it."""
    if source.memory is None or scope is not None or body is None:
        return _unit_of(node, body, name, source, framework, outer, scope)
    if not _holds(node, body):  # read once for all the tests that name it
        ((named_unit,),) = source.memory.units(
            body, "", lambda: ((_unit_of(body, body, "", source, framework, outer, None),),)
        )
        ids = syntax.requirement_ids(f"{name}\n{source.comments_of(statement_of(node, source))}")
        line, end_line = syntax.line_of(node), syntax.end_line_of(node)
        return replace(named_unit, name=name, line=line, end_line=end_line, requirement_ids=ids)
    said = f"{name}\n{source.comments_of(statement_of(node, source))}\n{body.start_byte - node.start_byte}"
    return source.memory.units(node, said, lambda: ((_unit_of(node, body, name, source, framework, outer, None),),))[0][
        0
    ]


def _unit_of(
    node: Node,
    body: Node | None,
    name: str,
    source: Source,
    framework: Framework,
    outer: Mapping[str, Node],
    scope: Scope | None,
) -> TestUnit:
    lines = (syntax.line_of(node), syntax.end_line_of(node))
    ids = syntax.requirement_ids(f"{name}\n{source.comments_of(statement_of(node, source))}")
    if body is None:
        return TestUnit(name, *lines, requirement_ids=ids)
    scope = scope or Scope(source, body, outer)
    read = read_body(body, scope, framework)
    rows, row_names, table_name = read.rows()
    return TestUnit(
        name,
        *lines,
        tuple(read.assertions),
        cases=tuple(rows),
        case_names=row_names,
        conditions=tuple(read.conditions),
        mocks=tuple(read.mocks),
        calls=tuple(read.calls),
        requirement_ids=ids,
        body=source.body(body),
        table_name=table_name,
    )


def statement_of(node: Node, source: Source) -> Node:
    """Return the statement that a call is, so that what is written above it is found."""
    while node.parent is not None and node.parent.type in source.language.statements | source.language.wrappers:
        node = node.parent
    return node


class FileScope(Scope):
    """A scope of the whole file: only what is written out once is resolved."""

    def __init__(self, source: Source, outer: Mapping[str, Node]) -> None:
        self.source = source
        self.language = source.language
        self.outer = outer
        self._definitions = {}


def _inside(
    node: Node, around: _Around, source: Source, words: Words, scope: Scope, suites: Suites
) -> list[tuple[Node, _Around]]:
    """Return what is to be looked at below a node that registers nothing itself."""
    language = source.language
    if node.type in language.ifs:
        condition = part(node, "condition")
        text = f"if {source.text(condition)}" if condition is not None else "if"
        inner = replace(
            around, conditions=(*around.conditions, Condition("skip", text, syntax.line_of(node), is_always=False))
        )
        return [(child, inner) for child in named(node)]
    table, columns = _iterated(node, source)
    if table is not None:
        rows = tuple(rows_of(table, scope))
        name = syntax.text_of(table) if table.type in language.identifiers else None
        columns = () if around.rows or not rows else columns
        table_name = around.table_name if rows else name
        around = replace(around, rows=around.rows + rows, columns=columns, table_name=table_name)
    helper = None if around.in_helper else named_function(node, source)
    if helper is not None:
        unit = unit_of(node, helper[1], helper[0], source, words, scope.outer)
        if unit.assertions:
            suites.helpers.append(unit)
            around = replace(around, in_helper=True)
    return [(one, around) for one in source.below(node)]


def _iterated(node: Node, source: Source) -> tuple[Node | None, tuple[str, ...]]:
    """Return the table that a loop or a `forEach` goes over, and the names that a row is given to."""
    if node.type in source.language.loops:
        return part(node, "right", "value"), names_of(part(node, "left"))
    if node.type in source.language.calls and is_top(node, source.language):
        links = source.chain(node)
        if len(links) > 1 and links[-1].name == "forEach":
            function = links[-1].args[0] if links[-1].args else None
            return links[-2].node, names_of(part(function, "parameters", "parameter"))
    return None, ()


def named_function(node: Node, source: Source) -> tuple[str, Node] | None:
    """Return the name and the body of a named function."""
    if node.type in source.language.functions:
        name, body = part(node, "name"), part(node, "body")
    elif node.type in source.language.definitions:
        name, body = part(node, "name", "left"), part(node, "value", "right")
        if body is None or body.type not in source.language.functions:
            return None
    else:
        return None
    return (syntax.text_of(name), body) if name is not None and body is not None else None


def _nested(body: Node | None, source: Source, words: Words, scope: Scope) -> list[Node]:
    """Return the tests registered inside a test."""
    if body is None:
        return []

    def find() -> list[Node]:
        found: list[Node] = []
        for node in source.marked(body, source.language.calls):
            if found and node.start_byte < found[-1].end_byte:
                continue
            if words.registration(node, scope) is not None:
                found.append(node)
        return found

    return source.memory.nodes(body, find) if source.memory is not None else find()
