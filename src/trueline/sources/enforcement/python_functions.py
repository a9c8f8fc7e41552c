"""One function of a Python test file, with all that its decorators and its class say, as a test unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tree_sitter import Node

from trueline.model.enforcement import Condition, TestUnit
from trueline.sources.enforcement import python_conditions
from trueline.sources.enforcement.python_calls import bare, call_of
from trueline.sources.enforcement.python_cases import Row, rows_of
from trueline.sources.enforcement.python_statements import mock_target, names_called
from trueline.sources.enforcement.python_units import read_body
from trueline.sources.enforcement.syntax import (
    BODY_LENGTH,
    end_line_of,
    line_of,
    normalised,
    requirement_ids,
    shortened,
    text_of,
    tokens,
)

_NO_TEST = re.compile(r"@\s*(?:[\w.]+\.)?(?:fixture|\w*property|setter|nottest|hookimpl)\b")
_COMMENT = re.compile(r"#[^\n]*")
_PROPERTY = re.compile(r"record_(?:xml_)?property\([^)]*\)")
_TABLES = frozenset({"parametrize", "expand", "data", "idata", "cases", "parameters", "named_parameters", "testcases"})


@dataclass(frozen=True)
class Scope:
    """Where a function stands: its module or class."""

    name: str
    names: Mapping[str, str]
    conditions: tuple[Condition, ...] = ()
    helper_names: frozenset[str] = frozenset()
    rows: tuple[Row, ...] = ()
    """Cases that the class has for each of its tests."""
    mocks: tuple[str, ...] = ()
    base_names: frozenset[str] = frozenset()
    """Names that stand as a base of some class of the file: such a class is collected through that one."""
    fixtures: Mapping[str, str] = field(default_factory=dict)
    """Fixtures that only give a literal, with their values."""
    predicates: frozenset[str] = frozenset()
    """Functions whose answer is asserted: what they return is an assertion."""


@dataclass(frozen=True)
class Function:
    """One function as it was found."""

    node: Node
    decorators: Sequence[Node]
    scope: Scope
    guards: tuple[str, ...] = ()
    """Conditions under which it is defined."""

    @property
    def name(self) -> str:
        """The name inside its file."""
        own = text_of(self.node.child_by_field_name("name"))
        return f"{self.scope.name}.{own}" if self.scope.name else own

    @property
    def is_test(self) -> bool:
        """True where a runner would collect it by its name."""
        own = text_of(self.node.child_by_field_name("name"))
        is_other = any(_NO_TEST.match(text_of(each)) for each in self.decorators)
        return is_test_name(own) and not is_other


@dataclass
class Decorated:
    """What the decorators of a function or class say."""

    conditions: list[Condition] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    case_names: list[str] = field(default_factory=list)
    mocks: list[str] = field(default_factory=list)
    table: str | None = None


def is_test_name(name: str) -> bool:
    """Return True where runners take a function of that name for a test."""
    return name.startswith("test") and name not in {"testing", "testcase", "test_suite", "tests"}


def unit_of(function: Function) -> TestUnit:
    """Return the function as a test unit."""
    node, scope = function.node, function.scope
    block = node.child_by_field_name("body")
    parameters = _parameters(node)
    names = {name: value for name, value in scope.names.items() if name not in parameters}
    found = of_decorators(function.decorators, names)
    given = [name for name in parameters if name in scope.fixtures and name not in found.case_names]
    names.update((name, scope.fixtures[name]) for name in given)
    body = read_body(
        block,
        names,
        scope.helper_names,
        parameters=() if function.is_test else parameters,
        is_predicate=function.name.rpartition(".")[2] in scope.predicates,
    )
    words = tokens(_without_docstring(block))
    rows = [row.text for row in scope.rows]
    return TestUnit(
        name=function.name,
        line=line_of(node),
        end_line=end_line_of(node),
        assertions=tuple(body.assertions),
        cases=(*rows, *found.cases, *body.cases),
        case_names=tuple(found.case_names),
        conditions=(*scope.conditions, *_own_conditions(function), *found.conditions, *body.conditions),
        mocks=tuple(dict.fromkeys((*scope.mocks, *found.mocks, *body.mocks))),
        calls=(*names_called(words), *(name for name in parameters if name not in {"self", "cls"})),
        requirement_ids=_requirements(function),
        body=" ".join(words)[:BODY_LENGTH],
        table_name=found.table,
    )


def _own_conditions(function: Function) -> list[Condition]:
    line = line_of(function.node)
    return [
        Condition("skip", f"skip unless {guard}", line, is_always=guard in {"if False", "if 0"})
        for guard in function.guards
    ]


def of_decorators(decorators: Sequence[Node], names: Mapping[str, str]) -> Decorated:
    """Return what decorators make of a function or class."""
    found = Decorated()
    for decorator in decorators:
        inner = bare(decorator.named_children[0]) if decorator.named_children else None
        if inner is None:
            continue
        text, line = normalised(text_of(inner), names), line_of(decorator)
        if inner.type == "call" and _add_table(inner, names, line, found):
            continue
        condition = python_conditions.of_mark(text, line) or python_conditions.of_own_decorator(text, line)
        if condition is not None:
            found.conditions.append(condition)
    return found


def _add_table(node: Node, names: Mapping[str, str], line: int, found: Decorated) -> bool:
    """Add the cases of a table, or the target of a mock; return False where the decorator is neither."""
    call = call_of(node, names)
    if target := mock_target(call.dotted, call.texts):
        found.mocks.append(target)
        return True
    rows: tuple[Row, ...] = ()
    if call.last in _TABLES and call.texts:
        table = call.texts[1] if call.last == "parametrize" and len(call.texts) > 1 else call.texts[0]
        table = call.named.get("argvalues", table)
        if call.last == "parametrize":
            found.case_names.extend(re.findall(r"\w+", call.texts[0]))
        rows = rows_of(table if call.last != "data" or len(call.texts) == 1 else f"[{','.join(call.texts)}]")
        if not rows:
            found.table = table.rpartition(".")[2] if table.replace(".", "").isidentifier() else shortened(table)
    elif call.last == "fixture" and "params" in call.named:
        rows = rows_of(call.named["params"])
    elif call.last == "example":
        rows = (Row(",".join([*call.texts, *(f"{name}={value}" for name, value in call.named.items())])),)
    else:
        return False
    found.cases.extend(row.text for row in rows)
    marks = [python_conditions.of_mark(mark, line, row.text) for row in rows for mark in row.marks]
    found.conditions.extend(mark for mark in marks if mark is not None)
    return True


def _parameters(node: Node) -> tuple[str, ...]:
    parameters = node.child_by_field_name("parameters")
    found = []
    for each in parameters.named_children if parameters is not None else ():
        name = each if each.type == "identifier" else next((c for c in each.named_children), None)
        if name is not None and name.type == "identifier":
            found.append(text_of(name))
    return tuple(found)


def _docstring(block: Node | None) -> Node | None:
    first = next((child for child in block.named_children if child.type != "comment"), None) if block else None
    if first is None or first.type != "expression_statement" or not first.named_children:
        return None
    return first if first.named_children[0].type in {"string", "concatenated_string"} else None


def _without_docstring(block: Node | None) -> str:
    docstring = _docstring(block)
    text = text_of(block)
    if block is None or docstring is None:
        return text
    content = block.text or b""
    return content[docstring.end_byte - block.start_byte :].decode("utf-8", "replace")


def _requirements(function: Function) -> tuple[str, ...]:
    """Return the ids in marks, in the docstring, in comments, and in recorded properties."""
    block = function.node.child_by_field_name("body")
    text = text_of(function.node)
    parts = [text_of(each) for each in function.decorators if "parametrize" not in text_of(each)]
    parts += [text_of(_docstring(block)), *_COMMENT.findall(text), *_PROPERTY.findall(text)]
    outer = function.node.parent if function.decorators else function.node
    above = outer.prev_named_sibling if outer is not None else None
    while above is not None and above.type == "comment":
        parts.append(text_of(above))
        above = above.prev_named_sibling
    return requirement_ids(shortened("\n".join(parts)))
