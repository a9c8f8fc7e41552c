"""What a condition asserts in the words of Go: errors, differences, distances, recovered panics."""

from __future__ import annotations

import re
from dataclasses import replace

from tree_sitter import Node

from trueline.model.enforcement import Tolerance
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.go_words import CONDITIONS, DIFFERENCES
from trueline.sources.enforcement.languages_chain import name_of, unwrapped
from trueline.sources.enforcement.languages_meaning import (
    ANY_ERROR,
    Found,
    Meaning,
    applied,
    called_of,
    conditions,
    negated,
    number_of,
)
from trueline.sources.enforcement.languages_nodes import part
from trueline.sources.enforcement.languages_scope import Scope

_ERROR = re.compile(r"(?i)err\w*|\w*err")


def improved(node: Node, scope: Scope, holds: bool) -> list[Found]:
    """Return what is asserted by demanding that a condition holds, or that it does not."""
    return _split(unwrapped(node, scope.language), scope, holds)


def _split(node: Node, scope: Scope, holds: bool) -> list[Found]:
    if node.type == "unary_expression" and syntax.text_of(part(node, "operator")) == "!":
        operand = part(node, "operand")
        if operand is not None:
            return _split(unwrapped(operand, scope.language), scope, not holds)
    if node.type == "binary_expression":
        left, right = part(node, "left"), part(node, "right")
        operator = syntax.text_of(part(node, "operator"))
        if left is not None and right is not None:
            if operator == ("&&" if holds else "||"):
                return _split(unwrapped(left, scope.language), scope, holds) + _split(
                    unwrapped(right, scope.language), scope, holds
                )
            special = (
                _error(left, operator, right, scope, holds)
                or _difference(left, operator, right, scope, holds)
                or _distance(left, operator, right, scope, holds)
            )
            if special is not None:
                return [special]
    if node.type in scope.language.identifiers | scope.language.calls:
        links = called_of(node, scope)
        meaning = CONDITIONS.get(name_of(links)) if links[-1].args is not None else None
        if meaning is not None and links[-1].args:
            found = applied(meaning, links[-1].args, None, scope)
            return [found if holds else negated(found)]
    return conditions(node, scope, holds)


def _difference(left: Node, operator: str, right: Node, scope: Scope, holds: bool) -> Found | None:
    """Return the equality that an empty difference is: `cmp.Diff(want, got) != ""`."""
    links = called_of(left, scope)
    if name_of(links) not in DIFFERENCES or not links[-1].args or len(links[-1].args) < 2:
        return None
    left_out = [scope.text(arg) for arg in links[-1].args[2:]]
    options = tuple(f"{text}=False" for text in left_out if "Ignore" in text)
    found = applied(Meaning("equality", 1, 0, options=options), links[-1].args, None, scope)
    return found if (operator == "==") == holds else negated(found)


def _distance(left: Node, operator: str, right: Node, scope: Scope, holds: bool) -> Found | None:
    """Return the approximate equality that a small distance is: `math.Abs(got - want) > 0.1`."""
    links = called_of(left, scope)
    if (
        name_of(links) != "math.Abs"
        or not links[-1].args
        or operator not in ((">", ">=") if not holds else ("<", "<="))
    ):
        return None
    difference = unwrapped(links[-1].args[0], scope.language)
    one, other = part(difference, "left"), part(difference, "right")
    if difference.type != "binary_expression" or one is None or other is None:
        return None
    found = applied(Meaning("approximate", 0, 1), (one, other), None, scope)
    value = number_of(right, scope)
    return replace(found, tolerance=Tolerance(absolute=value, is_known=value is not None))


def _error(left: Node, operator: str, right: Node, scope: Scope, holds: bool) -> Found | None:
    """Return whether an error is demanded or forbidden: `err == nil` fails, so an error is expected."""
    if operator not in ("==", "!="):
        return None
    if syntax.text_of(right) != "nil":
        return _error_of_kind(left, right, scope, (operator == "==") == holds)
    given = scope.value(left)
    text = "recover()" if given is not None and scope.source.text(given) == "recover()" else scope.text(left)
    if not _ERROR.fullmatch(syntax.text_of(left).rsplit(".", 1)[-1]) and text != "recover()":
        return None
    is_raised = (operator == "!=") == holds
    if text == "recover()":
        return Found("raises", "", "panic", not is_raised)
    return Found("raises", text, ANY_ERROR) if is_raised else Found("truth", text)


def _error_of_kind(left: Node, right: Node, scope: Scope, is_expected: bool) -> Found | None:
    """Return the error that `err != io.EOF` demands."""
    if not _ERROR.fullmatch(syntax.text_of(left)) or right.type not in ("identifier", "selector_expression"):
        return None
    return Found("raises", scope.text(left), scope.text(right), not is_expected)
