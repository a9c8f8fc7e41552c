"""Tests of JavaScript that are members of an object: `testCase("cart", { "adds": function () {…} })`, `exports["adds"] = …`.

So older frameworks have it: Buster, Nodeunit, Vows, Intern, the exports of Mocha.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from trueline.model.enforcement import Condition
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages_nodes import named, part
from trueline.sources.enforcement.languages_source import Source
from trueline.sources.enforcement.languages_suites import Registration
from trueline.sources.enforcement.languages_tokens import unquoted

MAY_HOLD_TESTS = re.compile(
    rb"(?<!\w)(?:testCase|TestCase|registerSuite|addBatch|buster\.spec)\s*\(|"
    rb"(?<![.\w])(?:module\.)?exports(?:\.test\w+|\[['\"][^'\"\n]+['\"]\])?\s*=\s*(?:function\b|\{\s*['\"][^'\"\n]*['\"]\s*:)"
)
"""What a file says that may hold such tests."""

_SUITES = frozenset({"testCase", "TestCase", "registerSuite", "addBatch", "spec"})
_HOOKS = re.compile(r"(?:set[uU]p|tear[dD]own|topic|(?:before|after)(?:Each|All)?)")
_TEST = re.compile(r"//.*|test.*|.*\s.*|should.*", re.DOTALL)
"""Names of tests among the exports of a file: other functions are called by others."""
_EXPORTS = re.compile(r"(?:module\.)?exports(?:\.(?P<name>\w+)|\[(?P<quoted>['\"].*['\"])\])?", re.DOTALL)
_ASSERTS = re.compile(r"\bassert|\bexpect\(|\.should\b|\b(?:t|test)\.\w+\(|\b[eE]qual\(")
_MOST_LEVELS = 6


def members_of(source: Source) -> Mapping[int, Registration]:
    """Return what the functions in objects of tests register, by the ids of their nodes."""
    found: dict[int, Registration] = {}
    for node in source.marked(source.root, frozenset({"call_expression", "assignment_expression"})):
        if node.type == "call_expression":
            objects, names = _of_call(node, source)
            for one in objects:
                found.update(_members(one, names, source, is_told=True))
        else:
            left, right = part(node, "left"), part(node, "right")
            match = _EXPORTS.fullmatch(syntax.text_of(left)) if left is not None else None
            if match is not None and right is not None:
                name = match["name"] or unquoted(match["quoted"] or "")
                found.update(_member(name, right, (), source, is_told=False))
    return found


def _of_call(node: Node, source: Source) -> tuple[list[Node], tuple[str, ...]]:
    links = source.chain(node)
    args = links[-1].args or ()
    if links[-1].name not in _SUITES or not args:
        return [], ()
    title = unquoted(syntax.text_of(args[0])) if args[0].type == "string" else ""
    return [arg for arg in args[-1:] if arg.type == "object"], (title,) if title else ()


def _members(
    node: Node, names: tuple[str, ...], source: Source, *, is_told: bool
) -> Iterator[tuple[int, Registration]]:
    for pair in named(node):
        key, value = part(pair, "key", "name"), part(pair, "value")
        value = pair if pair.type == "method_definition" else value
        if key is not None and value is not None:
            yield from _member(unquoted(syntax.text_of(key)), value, names, source, is_told=is_told)


def _member(
    name: str, value: Node, names: tuple[str, ...], source: Source, *, is_told: bool
) -> Iterator[tuple[int, Registration]]:
    """Yield what one member registers: a function is a test or a hook, an object holds more of them."""
    inner = (*names, name) if name else names
    if value.type == "object" and len(inner) < _MOST_LEVELS:
        yield from _members(value, inner, source, is_told=is_told)
    elif value.type in source.language.functions and name:
        body = part(value, "body")
        if _HOOKS.fullmatch(name):
            yield value.id, Registration("hook", name, body)
        elif is_told or (_TEST.fullmatch(name) and _ASSERTS.search(syntax.text_of(value))):
            line = syntax.line_of(value)
            skipped = (Condition("skip", "//", line),) if name.startswith("//") else ()
            title = " > ".join((*names, name.removeprefix("//").strip()))
            yield value.id, Registration("test", title, body, skipped)
