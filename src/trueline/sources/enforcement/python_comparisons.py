"""What a comparison of a Python test asserts: its form, its subject, and the side that is expected of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tree_sitter import Node

from trueline.model.enforcement import Assertion, AssertionForm
from trueline.sources.enforcement import python_tolerances
from trueline.sources.enforcement.python_calls import Names, bare, call_of, is_constant
from trueline.sources.enforcement.syntax import line_of, normalised, shortened, shown, text_of

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_NEGATED = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "==": "!=", "!=": "==", "in": "not in", "not in": "in"}
_NEGATED |= {"is": "is not", "is not": "is"}
_LITERAL = re.compile(r"[bf]?\"|[\[{\d-]")
_CALL = re.compile(r"(?:\w+\.)*call\((.*)\)", re.DOTALL)
_TYPE_OF = re.compile(r"type\(|\w+\.__class__$")
_MADE = re.compile(r"(?:\w+\.)*(?:_*[A-Z]\w*\(|\w+\(\)$)")
"""A value made for the comparison: of a class, or without any argument."""


@dataclass(frozen=True)
class Said:
    """A statement of a test that asserts, before it is known under what it runs."""

    line: int
    text: str
    names: Names


def of_comparison(node: Node, said: Said, is_negated: bool) -> list[Assertion]:
    """Return what a comparison asserts: one assertion for each pair of a chain."""
    sides = node.named_children
    operators = [" ".join(text_of(each).split()) for each in node.children_by_field_name("operators")]
    if len(operators) != len(sides) - 1:
        return [assertion_of("truth", plain(node, said), None, said, is_negated=is_negated)]
    literal = next((each for each in sides if is_constant(each)), None)
    if len(sides) > 2 and set(operators) == {"=="} and literal is not None and not is_negated:
        others = [each for each in sides if each is not literal]
        return [compared(each, "==", literal, plain(literal, said), said) for each in others]
    found = []
    for place, written in enumerate(operators):
        operator = "!=" if written == "<>" else written
        operator = _NEGATED.get(operator, operator) if is_negated else operator
        right = sides[place + 1]
        found.append(compared(sides[place], operator, right, plain(right, said), said))
    return found


def compared(left: Node, operator: str, right: Node | None, right_text: str, said: Said) -> Assertion:
    """Return one comparison with the literal side as the expectation."""
    left = bare(left)
    left_text = plain(left, said)
    right = bare(right) if right is not None else None
    is_itself = right is not None and text_of(left) == text_of(right) and "(" not in text_of(left)
    if is_itself and operator in {"==", "is", "<=", ">=", "in"}:
        return assertion_of("constant", left_text, right_text, said)
    if is_constant(left) and (right is None or is_constant(right)):
        return assertion_of("constant", left_text, right_text, said)
    if operator in {"in", "not in"}:
        return _membership(left, left_text, right, right_text, operator == "not in", said)
    if operator in _FLIPPED and right is not None:
        return _ordered(left, left_text, operator, right, right_text, said)
    if right is not None and _is_expectation(left, right, left_text, right_text):
        left, right, left_text, right_text = right, left, right_text, left_text
    if (found := _of_other_words(left_text, operator, right_text, said)) is not None:
        return found
    if operator in {"is", "is not"}:
        if operator == "is not" and right_text == "None":
            return assertion_of("truth", left_text, None, said)
        return assertion_of("identity", left_text, right_text, said, is_negated=operator == "is not")
    if operator == "!=" and right_text in {"0", "None"} and left_text.startswith("len("):
        return assertion_of("truth", left_text[4:-1], None, said)
    return _equal(left, left_text, right, right_text, operator == "!=", said)


def _of_other_words(left: str, operator: str, right: str, said: Said) -> Assertion | None:
    """Return what a comparison of recorded calls, or of exact types, says in the words of a check for it."""
    for one, other in ((left, right), (right, left)) if operator == "==" else ():
        if one.endswith(".call_args") and (given := _CALL.fullmatch(other)):
            return assertion_of("called", one.removesuffix(".call_args"), f"called_with({given[1]})", said)
    if operator in {"is", "is not", "==", "!="} and _TYPE_OF.match(left) and right != "None":
        kind = left.removeprefix("type(").removesuffix(")")
        return assertion_of("type", kind, right, said, is_negated=operator in {"is not", "!="})
    return None


def _equal(left: Node, left_text: str, right: Node | None, right_text: str, is_negated: bool, said: Said) -> Assertion:
    form: AssertionForm = "inequality" if is_negated else "equality"
    if re.match(r"snapshot\b", right_text):
        return assertion_of("snapshot", left_text, right_text, said)
    for side, other in ((right, left_text), (left, right_text)):
        if side is None or side.type != "call":
            continue
        call = call_of(side, said.names)
        if call.last == "approx" and call.texts:
            tolerance = python_tolerances.tolerance_of(call.dotted, call.texts, call.named)
            made = assertion_of("approximate", other, call.texts[0], said, is_negated=is_negated)
            return replace(made, tolerance=tolerance)
        if call.last == "round" and len(call.texts) == 2 and not is_negated:
            made = assertion_of("approximate", call.texts[0], other, said)
            return replace(made, tolerance=python_tolerances.of_rounding(call.texts[1]))
    return assertion_of(form, left_text, right_text, said)


def _membership(
    left: Node, left_text: str, right: Node | None, right_text: str, is_negated: bool, said: Said
) -> Assertion:
    is_choice = right is not None and right.type in {"tuple", "list", "set"} and not is_constant(left)
    subject, expected = (left_text, right_text) if is_choice else (right_text, left_text)
    return assertion_of("membership", subject, expected, said, is_negated=is_negated)


def _ordered(left: Node, left_text: str, operator: str, right: Node, right_text: str, said: Said) -> Assertion:
    if is_constant(left) and not is_constant(right):
        left, right, left_text, right_text = right, left, right_text, left_text
        operator = _FLIPPED[operator]
    if left_text.startswith("len(") and f"{operator}{right_text}" in {">0", ">=1"}:
        return assertion_of("truth", left_text[4:-1], None, said)
    if left.type == "call" and operator in {"<", "<="}:
        call = call_of(left, said.names)
        inner = bare(call.nodes[0]) if len(call.nodes) == 1 else None
        if call.last == "abs" and inner is not None and inner.type == "binary_operator" and len(inner.children) == 3:
            one, other = (plain(inner.children[place], said) for place in (0, 2))
            made = assertion_of("approximate", one, other, said)
            return replace(made, tolerance=python_tolerances.of_bound(right_text))
    return assertion_of("order", left_text, f"{operator}{right_text}", said)


def alternative(first: Assertion, node: Node, said: Said) -> Assertion:
    """Return an assertion that holds where any of several does."""
    if first.form == "truth":
        return assertion_of("truth", plain(node, said), None, said)
    return assertion_of("membership", first.subject, plain(node, said), said)


def _is_expectation(left: Node, right: Node, left_text: str, right_text: str) -> bool:
    """Tell whether the left side is what is expected of the right one."""
    return _expectedness(left, left_text) > _expectedness(right, right_text)


def _expectedness(node: Node, text: str) -> int:
    """Return how much a side looks like the expectation: a literal more than a made value, and that than a call."""
    if is_constant(node):
        return 3
    if node.type in {"list", "dictionary", "set", "tuple", "string", "concatenated_string"} or _LITERAL.match(text):
        return 2
    return 1 if "(" not in text or _MADE.match(text) else 0


def assertion_of(
    form: AssertionForm, subject: str, expected: str | None, said: Said, *, is_negated: bool = False
) -> Assertion:
    """Return an assertion of a statement, its texts cut to what is kept."""
    kept = None if expected is None else shortened(expected)
    return Assertion(form, shortened(subject), kept, said.line, said.text, is_negated=is_negated)


def plain(node: Node, said: Said) -> str:
    """Return an expression, normalised, without redundant brackets; an attribute that is set up, by its value."""
    text = normalised(text_of(bare(node)), said.names)
    return said.names.get(text, text) if text.startswith("self.") else text


def said_by(node: Node, names: Names) -> Said:
    """Return the place and the words of a statement."""
    return Said(line_of(node), shown(text_of(node)), names)
