"""Simple statements of a Python test: what a call, an assert or an assignment adds to what its body says.

Statements with blocks of their own are followed elsewhere.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Sequence

from tree_sitter import Node

from trueline.model.enforcement import Condition
from trueline.sources.enforcement import python_assertions, python_conditions
from trueline.sources.enforcement.python_bodies import Body, Place
from trueline.sources.enforcement.python_calls import bare, call_of, dotted, is_constant
from trueline.sources.enforcement.python_comparisons import said_by
from trueline.sources.enforcement.syntax import line_of, normalised, text_of

_INLINED_LENGTH = 600
_LITERAL_LENGTH = 60_000
_BUILTINS = frozenset(dir(builtins)) | frozenset(keyword.kwlist)
_PATCHES = re.compile(r"(?:\w+\.)*(?:patch(?:\.object|\.dict|\.multiple)?|monkeypatch\.(?:setattr|setitem))$")
_MEANT = re.compile(
    r"assert|fail|skip|xfail|assume|patch|setattr|setitem|snapshot|_regression|raises|warns|eq_$|ok_$|close|"
    r"deprecated_call|SkipTest|mark",
    re.IGNORECASE,
)
"""Names of calls that may mean something for a test; all others are passed over unread."""
_MOCK = re.compile(r"lambda\b|(?:\w+\.)*(?:Magic|Async|NonCallable)?Mock\(|(?:\w+\.)*create_autospec\(")
"""What is put in the place of a method by assigning it."""
_PASSES = re.compile(r'\w+\.outcome="passed"')


def names_called(found: Sequence[str]) -> tuple[str, ...]:
    """Return the names that tokens of a body call, without those of the language and of assertions."""
    called = []
    for place in range(len(found) - 1):
        token = found[place]
        if found[place + 1] == "(" and token.isidentifier() and token not in _BUILTINS:
            called.append(token)
    return tuple(called)


def mock_target(call_name: str, texts: Sequence[str]) -> str | None:
    """Return what a patching call replaces; None where the call patches nothing."""
    if not texts or not _PATCHES.fullmatch(call_name):
        return None
    if call_name.endswith((".object", "setattr", ".multiple")) and len(texts) > 1 and texts[1][:1] == '"':
        return f"{texts[0]}.{texts[1].strip(chr(34))}"
    return texts[0].strip('"')


def read_expression(node: Node, body: Body, place: Place) -> Place:
    """Read a statement that is one expression, or an assignment."""
    inner = node.named_children[0] if node.named_children else None
    if inner is None:
        return place
    if inner.type == "await":
        inner = inner.named_children[0]
    if inner.type == "assignment":
        read_value(inner.child_by_field_name("right"), body, place)
        _assign(inner, body)
    elif inner.type == "augmented_assignment":
        body.names.pop(text_of(inner.child_by_field_name("left")), None)
    elif inner.type == "call":
        _read_call(inner, body, place)
    return place


def read_value(node: Node | None, body: Body, place: Place) -> None:
    """Read a call whose result is kept or returned: it asserts as well."""
    if node is not None and node.type == "await" and node.named_children:
        node = node.named_children[0]
    if node is not None and node.type == "call":
        _read_call(node, body, place)


def _read_call(node: Node, body: Body, place: Place) -> None:
    callee = dotted(node.child_by_field_name("function"), body.names)
    if callee.rpartition(".")[2] not in body.helper_names and not _MEANT.search(callee):
        return
    call = call_of(node, body.names)
    condition = python_conditions.of_statement(call.dotted, list(call.texts), place.guards, line_of(node))
    if condition is None and call.last in {"applymarker", "add_marker"} and call.texts:
        condition = python_conditions.under(python_conditions.of_mark(call.texts[0], line_of(node)), place.guards)
        if condition is None:
            return
    if condition is not None:
        body.conditions.append(condition)
        return
    if target := mock_target(call.dotted, call.texts):
        body.mocks.append(target)
        return
    said = said_by(node, body.names)
    found = python_assertions.of_call(node, said)
    if not found and call.last in body.helper_names and call.owner in {"", "self", "cls"}:
        found = [python_assertions.of_helper(call, said)]
    body.keep(found, place)


def read_assert(node: Node, body: Body, place: Place) -> Place:
    """Read an assert statement."""
    if not node.named_children:
        return place
    said = said_by(node, body.names)
    body.keep(python_assertions.of_condition(node.named_children[0], said), place)
    return place


def _assign(node: Node, body: Body) -> None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is not None and left.type == "attribute" and _PASSES.fullmatch(normalised(text_of(node))):
        line = line_of(node)
        body.conditions.append(Condition("xfail", "failures are turned into passes", line, is_always=False))
        return
    if left is not None and right is not None and left.type == "attribute" and _MOCK.match(text_of(right)):
        body.mocks.append("".join(text_of(left).split()))
        return
    if left is None or right is None or left.type != "identifier":
        if left is not None and left.type == "pattern_list":
            _assign_each(left, right, body)
        return
    value = normalised(text_of(bare(right)), body.names)
    is_literal = right.type in {"list", "tuple", "dictionary", "set", "string", "concatenated_string"}
    if len(value) <= (_LITERAL_LENGTH if is_literal else _INLINED_LENGTH):
        body.names[text_of(left)] = value
    else:
        body.names.pop(text_of(left), None)


def _assign_each(left: Node, right: Node | None, body: Body) -> None:
    """Give each of several names its value where they are written side by side."""
    values = right.named_children if right is not None and right.type == "expression_list" else []
    for place, name in enumerate(left.named_children):
        if len(values) == len(left.named_children) and is_constant(values[place]) and name.type == "identifier":
            body.names[text_of(name)] = normalised(text_of(values[place]))
        else:
            for each in re.findall(r"\w+", text_of(name)):
                body.names.pop(each, None)
