"""What a Python test module defines beside its tests: imported names, constants, tables, functions that assert."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from trueline.model.enforcement import TestUnit
from trueline.sources.enforcement.python_calls import bare, is_constant
from trueline.sources.enforcement.python_cases import rows_of
from trueline.sources.enforcement.syntax import end_line_of, line_of, normalised, text_of

_ASSERTS = re.compile(r"\bassert|\bfail\w*\(|\braises\(|\bAssertionError\b")
_FIXTURE = re.compile(r"@(?:pytest\.)?fixture\b")
_CHECK = re.compile(r"_?(?:check|verify|expect|ensure)(?:_\w+|[A-Z]\w*)|\w+_check")
_OF_TESTS = re.compile(
    r"\b(?:tests?|testing|utils?|helpers?|checks?|conftest|common|support|fixtures?|_?test\w*|base)\b|^\.+$"
)
"""Modules that give a test what it needs: a check that comes from them is an assertion."""
_ASKED = re.compile(r"^[ \t]*(?:self\.)?assert\w*[ (]+(?:not )?(?:\w+\.)?(\w+)\(", re.MULTILINE)
_ANSWERS = re.compile(r"^[ \t]*return [^\n]*[<>]", re.MULTILINE)
SET_UP = frozenset({"setUp", "setUpClass", "setup_method", "setup_class", "setup", "setUpModule", "setup_module"})
_CONSTANT_LENGTH = 60_000
_LOGIC = ("if_statement", "try_statement", "block", "else_clause", "except_clause", "with_statement")


def imports_of(root: Node) -> dict[str, str]:
    """Return what imported names stand for: modules for nothing, renamed names for their own."""
    names: dict[str, str] = {}
    for node in _statements(root):
        if node.type == "import_statement":
            for each in node.named_children:
                alias = each.child_by_field_name("alias")
                name = each.child_by_field_name("name") if alias is not None else each
                if alias is not None or "." not in text_of(name):
                    names[text_of(alias or name)] = ""
        elif node.type == "import_from_statement":
            for each in node.children_by_field_name("name"):
                if (alias := each.child_by_field_name("alias")) is not None:
                    names[text_of(alias)] = text_of(each.child_by_field_name("name")).rpartition(".")[2]
    return names


def constants_of(root: Node) -> dict[str, str]:
    """Return the names that a module or class binds once, to a literal or a mark, with their values."""
    values: dict[str, str] = {}
    again: set[str] = set()
    for node in _statements(root):
        assignment = node.named_children[0] if node.type == "expression_statement" and node.named_children else None
        if assignment is None or assignment.type != "assignment":
            continue
        left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
        if left is None or right is None or left.type != "identifier":
            continue
        name = text_of(left)
        if name in values or name in again:  # forgotten at once: marks that follow would keep its last value
            again.add(name)
            values.pop(name, None)
            continue
        right = bare(right)
        is_kept = is_constant(right) or right.type in {
            "list",
            "tuple",
            "dictionary",
            "set",
            "binary_operator",
            "attribute",
        }
        value = normalised(text_of(right), values)
        if (is_kept or ".mark." in value or "skip" in value) and len(value) <= _CONSTANT_LENGTH:
            values[name] = value
    return values


def fixtures_of(root: Node, names: Mapping[str, str]) -> dict[str, str]:
    """Return the fixtures of a module that only give a literal, with their values."""
    values: dict[str, str] = {}
    for node in _statements(root):
        inner = node.child_by_field_name("definition") if node.type == "decorated_definition" else None
        body = inner.child_by_field_name("body") if inner is not None else None
        if body is None or not _FIXTURE.match(text_of(node)):
            continue
        said = [child for child in body.named_children if child.type != "comment" and not _is_docstring(child)]
        given = said[0].named_children[0] if len(said) == 1 and said[0].named_children else None
        if given is not None and said[0].type == "return_statement" and is_constant(bare(given)):
            values[text_of(inner.child_by_field_name("name") if inner else None)] = normalised(
                text_of(bare(given)), names
            )
    return values


def attributes_of(body: Node, names: Mapping[str, str]) -> dict[str, str]:
    """Return what the set-up of a class gives its attributes once, where that is a literal: `self.limit`."""
    values: dict[str, str] = {}
    for node in _statements(body):
        inner = node.child_by_field_name("definition") if node.type == "decorated_definition" else node
        block = inner.child_by_field_name("body") if inner is not None else None
        if inner is None or block is None or text_of(inner.child_by_field_name("name")) not in SET_UP:
            continue
        for statement in block.named_children:
            given = statement.named_children[0] if statement.named_children else statement
            right = given.child_by_field_name("right") if given.type == "assignment" else None
            name = text_of(given.child_by_field_name("left"))
            if right is not None and is_constant(bare(right)) and name.startswith(("self.", "cls.")):
                values[f"self.{name.partition('.')[2]}"] = normalised(text_of(bare(right)), names)
    return values


def helpers_in(root: Node) -> frozenset[str]:
    """Return the names of functions that assert and are no tests, also by calling another such function."""
    bodies = dict(_function_texts(root))
    asserting = {name for name, text in bodies.items() if _ASSERTS.search(text)}
    for _ in range(3):
        if not asserting:
            break
        calls = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(asserting)))})\(")
        asserting |= {name for name, text in bodies.items() if calls.search(text)}
    return frozenset(asserting)


def predicates_in(root: Node) -> frozenset[str]:
    """Return the names of functions that answer by a comparison, and that an assertion of the file asks."""
    content = (root.text or b"").decode("utf-8", "replace")
    asked = set(_ASKED.findall(content))
    found = {name for name, text in _function_texts(root) if _ANSWERS.search(text)} if asked else set()
    return frozenset(found & asked)


def checks_in(root: Node) -> frozenset[str]:
    """Return imported functions that check by their name, from a module that stands with the tests."""
    found = set()
    for node in _statements(root):
        if node.type == "import_from_statement" and _OF_TESTS.search(text_of(node.child_by_field_name("module_name"))):
            names = [text_of(each).rpartition(" ")[2] for each in node.children_by_field_name("name")]
            found |= {name for name in names if _CHECK.fullmatch(name)}
    return frozenset(found)


def bases_in(root: Node) -> frozenset[str]:
    """Return the names that stand as a base of some class of the file."""
    headers = re.findall(rb"^[ \t]*class\s+\w+\s*\(([^)]*)\)", root.text or b"", re.MULTILINE)
    return frozenset(name.decode() for header in headers for name in re.findall(rb"\w+", header))


def tables_in(root: Node, names: Mapping[str, str]) -> Iterator[TestUnit]:
    """Yield the literal lists of a module that others may run over, each as a unit with cases."""
    content = root.text or b""
    for node in root.named_children:
        assignment = node.named_children[0] if node.type == "expression_statement" and node.named_children else None
        left = assignment.child_by_field_name("left") if assignment is not None else None
        name = text_of(left)
        if assignment is None or name.startswith("__") or name not in names or names[name][:1] not in {"[", "("}:
            continue
        if len(re.findall(rb"\b" + name.encode() + rb"\b", content)) == 1:
            rows = tuple(row.text for row in rows_of(names[name]))
            if len(rows) > 1:
                yield TestUnit(name, line_of(node), end_line_of(node), cases=rows)


def _statements(block: Node) -> Iterator[Node]:
    """Yield the statements of a module or class, also those under a condition."""
    for node in block.named_children:
        if node.type in _LOGIC:
            yield from _statements(node)
        else:
            yield node


def _is_docstring(node: Node) -> bool:
    return node.type == "expression_statement" and node.named_children[0].type in {"string", "concatenated_string"}


def _function_texts(block: Node) -> Iterator[tuple[str, str]]:
    for node in _statements(block):
        is_decorated = node.type == "decorated_definition"
        inner = node.child_by_field_name("definition") if is_decorated else node
        if inner is None or inner.type not in {"function_definition", "class_definition"}:
            continue
        body = inner.child_by_field_name("body")
        name = text_of(inner.child_by_field_name("name"))
        if inner.type == "class_definition":
            if body is not None:
                yield from _function_texts(body)
        elif not name.startswith(("test", "setUp", "setup", "teardown", "tearDown")) and "fixture" not in (
            text_of(node)[:80] if is_decorated else ""
        ):
            yield name, text_of(body)
