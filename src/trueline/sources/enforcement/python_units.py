"""One function of a Python test file as a test unit: its assertions, and under what they run.

Statements are followed in their order, so that a local name stands for what was last assigned to it.
Nothing is executed, and both branches of a condition are read.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tree_sitter import Node

from trueline.model.enforcement import Assertion, Condition
from trueline.sources.enforcement import python_assertions, python_conditions
from trueline.sources.enforcement.python_calls import Names, bare, call_of, dotted, is_constant
from trueline.sources.enforcement.python_cases import rows_of
from trueline.sources.enforcement.python_comparisons import said_by
from trueline.sources.enforcement.syntax import line_of, normalised, text_of

_INLINED_LENGTH = 600
_LITERAL_LENGTH = 60_000
_BROAD = frozenset({"Exception", "BaseException", "AssertionError", ""})
_MARK = re.compile(r"return\s+((?:pytest\.mark|unittest)\.\w+(?:\((?:[^()]|\([^()]*\))*\))?)", re.DOTALL)
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
_ENDS = re.compile(r"^\s*return\b", re.MULTILINE)
_RETURN = "return"


@dataclass
class Body:
    """What was found in a body, in the order of the source."""

    names: dict[str, str]
    assertions: list[Assertion] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    mocks: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    is_module: bool = False
    """True for the top of a module: what it defines is read on its own."""
    parameters: frozenset[str] = frozenset()
    """Of the function: a decorator calls the test that it is given."""
    helper_names: frozenset[str] = frozenset()
    """Functions of the file that assert: a call of them is an assertion."""


@dataclass(frozen=True)
class _Place:
    guards: tuple[str, ...] = ()
    is_swallowed: bool = False
    """True where an exception does not fail the test."""

    def under(self, *guards: str) -> _Place:
        return replace(self, guards=(*self.guards, *guards))


def read_body(
    block: Node | None,
    names: Names,
    helper_names: frozenset[str] = frozenset(),
    *,
    parameters: Sequence[str] = (),
    is_module: bool = False,
) -> Body:
    """Return what the block of a function, or the top of a module, asserts."""
    body = Body(dict(names), is_module=is_module, parameters=frozenset(parameters), helper_names=helper_names)
    if block is not None:
        _read_block(block, body, _Place())
    return body


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


def _read_block(block: Node, body: Body, place: _Place) -> _Place:
    for statement in block.named_children:
        read = _READERS.get(statement.type)
        if read is not None:
            place = read(statement, body, place)
    return place


def _read_expression(node: Node, body: Body, place: _Place) -> _Place:
    inner = node.named_children[0] if node.named_children else None
    if inner is None:
        return place
    if inner.type == "await":
        inner = inner.named_children[0]
    if inner.type == "assignment":
        _read_value(inner.child_by_field_name("right"), body, place)
        _assign(inner, body)
    elif inner.type == "augmented_assignment":
        body.names.pop(text_of(inner.child_by_field_name("left")), None)
    elif inner.type == "call":
        _read_call(inner, body, place)
    return place


def _read_value(node: Node | None, body: Body, place: _Place) -> None:
    """Read a call whose result is kept or returned: it asserts as well."""
    if node is not None and node.type == "await" and node.named_children:
        node = node.named_children[0]
    if node is not None and node.type == "call":
        _read_call(node, body, place)


def _read_call(node: Node, body: Body, place: _Place) -> None:
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
    _keep(found, body, place)


def _read_assert(node: Node, body: Body, place: _Place) -> _Place:
    if not node.named_children:
        return place
    said = said_by(node, body.names)
    _keep(python_assertions.of_condition(node.named_children[0], said), body, place)
    return place


def _keep(found: Sequence[Assertion], body: Body, place: _Place) -> None:
    for assertion in found:
        body.assertions.append(replace(assertion, guards=place.guards, is_swallowed=place.is_swallowed))


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


def _read_if(node: Node, body: Body, place: _Place) -> _Place:
    condition = normalised(text_of(bare(node.child_by_field_name("condition") or node)), body.names)
    after = place
    consequence = node.child_by_field_name("consequence")
    if consequence is not None:
        _read_block(consequence, body, place.under(f"if {condition}"))
        if any(child.type == "return_statement" for child in consequence.named_children):
            after = place.under(f"{_RETURN} if {condition}")
        elif any(child.type == "continue_statement" for child in consequence.named_children):
            after = place.under(f"if not {condition}")
    for other in node.children_by_field_name("alternative"):
        if other.type == "elif_clause":
            _read_if(other, body, place.under(f"if not {condition}"))
        elif (block := other.child_by_field_name("body")) is not None:
            _read_block(block, body, place.under(f"if not {condition}"))
    return after


def _read_with(node: Node, body: Body, place: _Place) -> _Place:
    block = node.child_by_field_name("body")
    inner = place
    for clause in node.named_children:
        for item in clause.named_children if clause.type == "with_clause" else ():
            inner = _read_context(item, block, body, inner)
    if block is not None:
        _read_block(block, body, inner)
    return place


def _read_context(item: Node, block: Node | None, body: Body, place: _Place) -> _Place:
    value = item.child_by_field_name("value") or item
    if value.type == "as_pattern":
        value = value.named_children[0]
    if value.type == "await":
        value = value.named_children[0]
    if value.type != "call":
        return place
    said = said_by(value, body.names)
    if (found := python_assertions.of_context(value, block, said)) is not None:
        _keep([found], body, place)
        return place
    call = call_of(value, body.names)
    if call.last in {"suppress", "ignored"}:
        caught = call.texts
        return replace(place.under(f"except {','.join(caught)}"), is_swallowed=not _BROAD.isdisjoint(caught))
    if target := mock_target(call.dotted, call.texts):
        body.mocks.append(target)
    return place


def _read_try(node: Node, body: Body, place: _Place) -> _Place:
    handlers = [child for child in node.named_children if child.type in {"except_clause", "except_group_clause"}]
    inner = place
    for handler in handlers:
        caught = _caught(handler)
        if not _fails_again(handler):
            is_broad = not _BROAD.isdisjoint(caught)
            inner = replace(inner.under(f"except {','.join(caught)}"), is_swallowed=inner.is_swallowed or is_broad)
    for child in node.named_children:
        if child.type == "block":
            _read_block(child, body, inner)
            if inner.is_swallowed and not place.is_swallowed and _calls_given(child, body):
                body.conditions.append(Condition("xfail", "its failures are caught", line_of(node), is_always=False))
        elif child.type in {"else_clause", "finally_clause"}:
            _read_blocks_in(child, body, place)
    after = place
    for handler in handlers:
        caught = f"except {','.join(_caught(handler))}"
        _read_blocks_in(handler, body, place.under(caught))
        if _ENDS.search(text_of(handler)):
            after = after.under(f"{_RETURN} if {caught}")
    return after


def _calls_given(block: Node, body: Body) -> bool:
    """Tell whether a block calls a function that was given as an argument."""
    return not body.parameters.isdisjoint(re.findall(r"(?<![\w.])(\w+)\(", text_of(block)))


def _read_blocks_in(node: Node, body: Body, place: _Place) -> None:
    for child in node.named_children:
        if child.type == "block":
            _read_block(child, body, place)


def _caught(handler: Node) -> tuple[str, ...]:
    for child in handler.named_children:
        if child.type not in {"block", "comment"}:
            named = child.named_children[0] if child.type == "as_pattern" else child
            return tuple(sorted(re.findall(r"[\w.]+", text_of(named))))
    return ("",)


def _fails_again(handler: Node) -> bool:
    """Tell whether a handler raises, fails, skips or asserts by itself."""
    text = "".join(text_of(child) for child in handler.named_children if child.type == "block")
    return re.search(r"\braise\b|\bassert|\bfail\w*\(|\bskip\w*\(|\bxfail\(|\bexit\(", text) is not None


def _read_for(node: Node, body: Body, place: _Place) -> _Place:
    block = node.child_by_field_name("body")
    if block is None:
        return place
    for name in re.findall(r"\w+", text_of(node.child_by_field_name("left"))):
        body.names.pop(name, None)
    before = len(body.assertions)
    _read_block(block, body, place)
    if len(body.assertions) > before:
        table = normalised(text_of(node.child_by_field_name("right")), body.names)
        body.cases.extend(row.text for row in rows_of(table))
    return place


def _read_inner_function(node: Node, body: Body, place: _Place) -> _Place:
    block = node.child_by_field_name("body")
    if block is not None and not body.is_module:
        kept = dict(body.names)
        _read_block(block, body, place)
        body.names = kept
    return place


def _read_decorated(node: Node, body: Body, place: _Place) -> _Place:
    definition = node.child_by_field_name("definition")
    return _read_inner_function(definition, body, place) if definition is not None else place


def _read_loop(node: Node, body: Body, place: _Place) -> _Place:
    _read_blocks_in(node, body, place)
    return place


def _read_raise(node: Node, body: Body, place: _Place) -> _Place:
    raised = text_of(node.named_children[0]) if node.named_children else ""
    if re.match(r"(?:[\w.]+\.)?(?:SkipTest|Skipped|skip)\b", raised):
        text = " ".join(["skip", *place.guards])
        body.conditions.append(Condition("skip", text, line_of(node), is_always=not place.guards))
    elif re.match(r"(?:AssertionError)\b", raised) and place.guards:
        said = said_by(node, body.names)
        _keep([Assertion("fails", "", None, said.line, said.text)], body, place)
    return place


def _read_return(node: Node, body: Body, place: _Place) -> _Place:
    mark = _MARK.match(text_of(node))
    if mark is not None and (condition := python_conditions.of_mark(normalised(mark[1]), line_of(node))) is not None:
        body.conditions.append(condition)  # a decorator of the project's own
        return place.under(_RETURN)
    _read_value(node.named_children[0] if node.named_children else None, body, place)
    return place.under(_RETURN)


_READERS: dict[str, Callable[[Node, Body, _Place], _Place]] = {
    "expression_statement": _read_expression,
    "assert_statement": _read_assert,
    "if_statement": _read_if,
    "with_statement": _read_with,
    "try_statement": _read_try,
    "for_statement": _read_for,
    "while_statement": _read_loop,
    "match_statement": _read_loop,
    "function_definition": _read_inner_function,
    "decorated_definition": _read_decorated,
    "class_definition": _read_inner_function,
    "raise_statement": _read_raise,
    "return_statement": _read_return,
}
