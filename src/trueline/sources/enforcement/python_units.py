"""One function of a Python test file as a test unit: its assertions, and under what they run.

Statements are followed in their order, so that a local name stands for what was last assigned to it.
Nothing is executed, and both branches of a condition are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tree_sitter import Node

from trueline.model.enforcement import Assertion, Condition
from trueline.sources.enforcement import python_assertions, python_conditions
from trueline.sources.enforcement.python_bodies import Body, Place
from trueline.sources.enforcement.python_calls import Names, bare, call_of
from trueline.sources.enforcement.python_cases import rows_of
from trueline.sources.enforcement.python_comparisons import said_by
from trueline.sources.enforcement.python_statements import mock_target, read_assert, read_expression, read_value
from trueline.sources.enforcement.syntax import line_of, normalised, text_of

_BROAD = frozenset({"Exception", "BaseException", "AssertionError", ""})
_MARK = re.compile(r"return\s+((?:pytest\.mark|unittest)\.\w+(?:\((?:[^()]|\([^()]*\))*\))?)", re.DOTALL)
_ENDS = re.compile(r"^\s*return\b", re.MULTILINE)
_RETURN = "return"


def read_body(
    block: Node | None,
    names: Names,
    helper_names: frozenset[str] = frozenset(),
    *,
    parameters: Sequence[str] = (),
    is_module: bool = False,
    is_predicate: bool = False,
) -> Body:
    """Return what the block of a function, or the top of a module, asserts."""
    body = Body(dict(names), parameters=frozenset(parameters), helper_names=helper_names)
    body.is_module, body.is_predicate = is_module, is_predicate
    if block is not None:
        _read_block(block, body, Place())
    return body


def _read_block(block: Node, body: Body, place: Place) -> Place:
    for statement in block.named_children:
        read = _READERS.get(statement.type)
        if read is not None:
            place = read(statement, body, place)
    return place


def _read_if(node: Node, body: Body, place: Place) -> Place:
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


def _read_with(node: Node, body: Body, place: Place) -> Place:
    block = node.child_by_field_name("body")
    inner = place
    for clause in node.named_children:
        for item in clause.named_children if clause.type == "with_clause" else ():
            inner = _read_context(item, block, body, inner)
    if block is not None:
        _read_block(block, body, inner)
    return place


def _read_context(item: Node, block: Node | None, body: Body, place: Place) -> Place:
    value = item.child_by_field_name("value") or item
    name = ""
    if value.type == "as_pattern":
        name = text_of(value.child_by_field_name("alias"))
        value = value.named_children[0]
    if value.type == "await":
        value = value.named_children[0]
    if value.type != "call":
        return place
    said = said_by(value, body.names)
    if (found := python_assertions.of_context(value, block, said)) is not None:
        body.keep([found], place)
        _name_raised(name, found.expected or "", "", body)
        return place
    call = call_of(value, body.names)
    if call.last in {"suppress", "ignored"}:
        caught = call.texts
        return replace(place.under(f"except {','.join(caught)}"), is_swallowed=not _BROAD.isdisjoint(caught))
    if target := mock_target(call.dotted, call.texts):
        body.mocks.append(target)
    return place


def _read_try(node: Node, body: Body, place: Place) -> Place:
    handlers = [child for child in node.named_children if child.type in {"except_clause", "except_group_clause"}]
    inner = place
    for handler in handlers:
        kinds = _caught(handler)
        if not _fails_again(handler):
            is_broad = not _BROAD.isdisjoint(kinds)
            inner = replace(inner.under(f"except {','.join(kinds)}"), is_swallowed=inner.is_swallowed or is_broad)
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
        _name_raised(_alias(handler), ",".join(_caught(handler)), ".value", body)
        # Where what was tried would have failed by itself, its handler is what runs.
        _read_blocks_in(handler, body, place if _must_raise(node) else place.under(caught))
        if _ENDS.search(text_of(handler)):
            after = after.under(f"{_RETURN} if {caught}")
    return after


def _name_raised(name: str, kind: str, part: str, body: Body) -> None:
    """Let a name stand for the exception of a kind, however it was caught."""
    if name.isidentifier() and kind:
        body.names[name] = f"raised({kind.strip('()')}){part}"


def _alias(handler: Node) -> str:
    pattern = next((child for child in handler.named_children if child.type == "as_pattern"), None)
    return text_of(pattern.child_by_field_name("alias")) if pattern is not None else ""


def _must_raise(node: Node) -> bool:
    """Tell whether the block of a `try` ends by failing the test."""
    block = node.child_by_field_name("body")
    last = block.named_children[-1] if block is not None and block.named_children else None
    return re.match(r"(?:\w+\.)?fail\(|assert (?:False|0)\b|raise AssertionError\b", text_of(last)) is not None


def _calls_given(block: Node, body: Body) -> bool:
    """Tell whether a block calls a function that was given as an argument."""
    return not body.parameters.isdisjoint(re.findall(r"(?<![\w.])(\w+)\(", text_of(block)))


def _read_blocks_in(node: Node, body: Body, place: Place) -> None:
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


def _read_for(node: Node, body: Body, place: Place) -> Place:
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


def _read_inner_function(node: Node, body: Body, place: Place) -> Place:
    block = node.child_by_field_name("body")
    if block is not None and not body.is_module:
        kept = dict(body.names)
        _read_block(block, body, place)
        body.names = kept
    return place


def _read_decorated(node: Node, body: Body, place: Place) -> Place:
    definition = node.child_by_field_name("definition")
    return _read_inner_function(definition, body, place) if definition is not None else place


def _read_loop(node: Node, body: Body, place: Place) -> Place:
    _read_blocks_in(node, body, place)
    return place


def _read_raise(node: Node, body: Body, place: Place) -> Place:
    raised = text_of(node.named_children[0]) if node.named_children else ""
    if re.match(r"(?:[\w.]+\.)?(?:SkipTest|Skipped|skip)\b", raised):
        text = " ".join(["skip", *place.guards])
        body.conditions.append(Condition("skip", text, line_of(node), is_always=not place.guards))
    elif re.match(r"(?:AssertionError)\b", raised) and place.guards:
        said = said_by(node, body.names)
        body.keep([Assertion("fails", "", None, said.line, said.text)], place)
    return place


def _read_return(node: Node, body: Body, place: Place) -> Place:
    mark = _MARK.match(text_of(node))
    if mark is not None and (condition := python_conditions.of_mark(normalised(mark[1]), line_of(node))) is not None:
        body.conditions.append(condition)  # a decorator of the project's own
        return place.under(_RETURN)
    answer = node.named_children[0] if node.named_children else None
    if body.is_predicate and answer is not None and bare(answer).type == "comparison_operator":
        body.keep(python_assertions.of_condition(answer, said_by(node, body.names)), place)
    else:
        read_value(answer, body, place)
    return place.under(_RETURN)


_READERS: dict[str, Callable[[Node, Body, Place], Place]] = {
    "expression_statement": read_expression,
    "assert_statement": read_assert,
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
