"""Assertions in the middle of a chain of Java: `flow.test().assertValue(2)`, `mvc.perform(get("/")).andExpect(…)`,
`given().get("/").then().statusCode(200)`. The links are read from the left to the right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tree_sitter import Node

from trueline.model.enforcement import Tolerance
from trueline.sources.enforcement.languages_chain import Link
from trueline.sources.enforcement.languages_meaning import Found, in_seconds
from trueline.sources.enforcement.languages_nodes import part
from trueline.sources.enforcement.languages_scope import Scope

_TELLS = re.compile(r"(?:assert|expect|verify|thenExpect)[A-Z]\w*")
_EXPECTS = frozenset({"andExpect", "andExpectAll"})
_OF_RESPONSE = frozenset({"statusCode", "body", "header", "contentType", "cookie", "statusLine"})
"""What is asserted of an answer after `.then()`."""

_UNTIL = frozenset({"until", "untilTrue", "untilFalse"})
_AWAITS = frozenset({"await", "Awaitility"})

_Matching = Callable[[Node, Node, Scope], Sequence[Found]]


def told_in_chain(links: Sequence[Link], matching: _Matching, scope: Scope) -> list[Found] | None:
    """Return what the links of a chain assert, None where none does."""
    places = [place for place, link in enumerate(links) if place and link.args is not None and _is_told(place, links)]
    if not places or not any(link.args is not None for link in links[: places[0]]):
        return None
    subject = scope.text(links[places[0] - 1].node)
    found: list[Found] = []
    for link in (links[place] for place in places):
        args = link.args or ()
        if link.name in _EXPECTS:
            found += [_result(arg, subject, scope) for arg in args]
        elif link.name in _OF_RESPONSE and args:
            of = f"{subject} {link.name}({','.join(scope.text(arg) for arg in args[:-1])})"
            found += [replace(one, subject=of) for one in matching(args[-1], args[-1], scope)]
        else:
            expected = ",".join(scope.text(arg) for arg in args)
            found.append(Found("equality" if expected else "truth", f"{subject} {link.name}", expected or None))
    return found


def awaited(links: Sequence[Link], scope: Scope) -> Found | None:
    """Return what `await().atMost(5, SECONDS).until(() -> done())` waits for, how long as its tolerance."""
    last = links[-1]
    if last.name not in _UNTIL or not last.args or not any(link.name in _AWAITS for link in links[:2]):
        return None
    code = part(last.args[0], "body") if last.args[0].type == "lambda_expression" else last.args[0]
    asked = [code or last.args[0], *last.args[1:]]
    said = next((link.args for link in links if link.name in ("atMost", "timeout") and link.args), ())
    times = [scope.text(arg) for arg in said]
    if len(times) == len(("5", "SECONDS")):
        times = [f"Duration.of{times[1].rpartition('.')[2]}({times[0]})"]
    try:
        tolerance = Tolerance(absolute=float(in_seconds(times[0]))) if times else None
    except ValueError:
        tolerance = None
    return Found("truth", ",".join(scope.text(one) for one in asked), tolerance=tolerance)


def _is_told(place: int, links: Sequence[Link]) -> bool:
    name = links[place].name
    if name in _OF_RESPONSE:
        return any(link.name == "then" and link.args == () for link in links[:place])
    return name in _EXPECTS or _TELLS.fullmatch(name) is not None


def _result(node: Node, subject: str, scope: Scope) -> Found:
    """Return what `status().isOk()` or `jsonPath("$.id").value(1)` asserts: the last link, of what stands before it."""
    links = scope.source.chain(node)
    last = links[-1]
    if len(links) < len(("status()", "isOk()")):
        return Found("other", f"{subject} expects", scope.text(node))
    of = f"{subject} {scope.text(links[-2].node)}"
    args = ",".join(scope.text(arg) for arg in last.args or ())
    return Found("equality", of if not args else f"{of}.{last.name}", args or f'"{last.name}"')
