"""Read what a Python file enforces: tests of pytest, unittest and nose; of production code, what it defines.

Python 2 and broken files give what can be read of them. Doctests are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from tree_sitter import Node

from trueline.model.enforcement import Condition, Ledger, Measure, TestUnit
from trueline.sources.enforcement.python_functions import Function, Scope, unit_of
from trueline.sources.enforcement.python_modules import (
    bases_in,
    checks_in,
    constants_of,
    fixtures_of,
    helpers_in,
    imports_of,
    predicates_in,
    tables_in,
)
from trueline.sources.enforcement.python_scopes import class_conditions, class_scope, module_conditions
from trueline.sources.enforcement.syntax import first_problem, normalised, parse, text_of

_TEST_NAME = re.compile(r"(?:tests?|test[^a-z].*|.*[_-]tests?|conftest)\.py")
_TEST_FOLDER = re.compile(r"(?:.*[_-])?tests?(?:[_-].*)?|testing|t")
_IGNORED = re.compile(r"^[ \t]*collect_ignore(?:_glob)?\b\s*(?:\+?=|\.(?:append|extend)\()([^\])]*)", re.MULTILINE)
_DEFINITION = re.compile(
    r"^[ \t]*(?:async[ \t]+)?(?:(?:def|class)[ \t]+(\w+)|([A-Z][A-Z\d_]{3,})[ \t]*(?::[^=\n]+)?=(?!=))", re.MULTILINE
)


def selects(path: str) -> bool:
    """Return True for every Python file: production code tells what a deleted test was of."""
    return path.endswith(".py")


def read(path: str, content: bytes) -> Ledger:
    """Return the test units, fixtures and asserting functions of a test file, or the definitions of another."""
    if not is_test_path(path):
        return Ledger(path, "python", defines=_definitions(content.decode("utf-8", "replace")))
    root = parse("python", content)
    names = {**imports_of(root), **constants_of(root)}
    scope = Scope(
        "",
        names,
        tuple(module_conditions(root, names)),
        helpers_in(root) | checks_in(root),
        base_names=bases_in(root),
        fixtures=fixtures_of(root, names),
        predicates=predicates_in(root),
    )
    found = list(_functions(root, scope, ()))
    is_named_as_tests = bool(_TEST_NAME.fullmatch(PurePosixPath(path).name))
    shadowed = _shadowed(found)
    units: list[TestUnit] = []
    helpers: list[TestUnit] = []
    for place, each in enumerate(found):
        unit = unit_of(each)
        if place in shadowed:
            gone = Condition("uncollected", "another test has its name", unit.line)
            unit = replace(unit, conditions=(*unit.conditions, gone))
        is_test = each.is_test and (is_named_as_tests or bool(unit.assertions))
        (units if is_test else helpers).append(unit)
    helpers.extend(tables_in(root, names))
    measures = tuple(_left_out(path, content.decode("utf-8", "replace")))
    return Ledger(path, "python", tuple(units), tuple(helpers), measures, problem=first_problem(root))


def is_test_path(path: str) -> bool:
    """Return True where the file stands with the tests, by its name or that of a folder."""
    parts = PurePosixPath(path)
    return bool(_TEST_NAME.fullmatch(parts.name)) or any(_TEST_FOLDER.fullmatch(part) for part in parts.parts[:-1])


def _left_out(path: str, text: str) -> Iterator[Measure]:
    """Yield the files that a conftest keeps from being collected."""
    for match in _IGNORED.finditer(text) if PurePosixPath(path).name == "conftest.py" else ():
        line = text.count("\n", 0, match.start()) + 1
        for name in re.findall(r"[\"']([^\"'\n]+)[\"']", match[1]):
            yield Measure("test_skipped", f"collect_ignore {name}", "yes", "absent", line)


def _definitions(text: str) -> tuple[str, ...]:
    return tuple(sorted({name or constant for name, constant in _DEFINITION.findall(text)}))


def _functions(block: Node, scope: Scope, guards: tuple[str, ...]) -> Iterator[Function]:
    """Yield the functions of a module or class, also those under a condition; of classes, their methods."""
    for node in block.named_children:
        decorators = [child for child in node.named_children if child.type == "decorator"]
        inner = node.child_by_field_name("definition") if node.type == "decorated_definition" else node
        if inner is None:
            continue
        if inner.type == "function_definition":
            yield Function(inner, decorators, scope, guards)
        elif inner.type == "class_definition":
            yield from _functions_of_class(inner, decorators, scope, guards)
        elif inner.type in {"if_statement", "try_statement", "with_statement", "else_clause", "elif_clause", "block"}:
            yield from _functions(inner, scope, (*guards, *_guard_of(inner, scope)))
        elif inner.type in {"except_clause", "finally_clause", "ERROR"}:
            yield from _functions(inner, scope, guards)


def _functions_of_class(
    node: Node, decorators: list[Node], scope: Scope, guards: tuple[str, ...]
) -> Iterator[Function]:
    body = node.child_by_field_name("body")
    if body is None:
        return
    inner = class_scope(node, decorators, scope)
    inner = replace(inner, conditions=(*inner.conditions, *class_conditions(node, decorators, inner)))
    yield from _functions(body, inner, guards)


def _guard_of(node: Node, scope: Scope) -> tuple[str, ...]:
    if node.type not in {"if_statement", "elif_clause"}:
        return ()
    condition = normalised(text_of(node.child_by_field_name("condition")), scope.names)
    return () if re.search(r"\b(?:PY[23]|TYPE_CHECKING|version_info)\b", condition) else (f"if {condition}",)


def _shadowed(found: list[Function]) -> set[int]:
    """Return the places of tests whose name is defined again in the same scope, so that they are lost."""
    last: dict[str, int] = {}
    lost = set()
    for place, each in enumerate(found):
        if not each.is_test or each.guards:
            continue
        if each.name in last:
            lost.add(last[each.name])
        last[each.name] = place
    return lost
