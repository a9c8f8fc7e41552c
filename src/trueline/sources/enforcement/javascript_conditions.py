"""What a condition of JavaScript asserts by the method that it asks: `text.includes("a")`, `/a/.test(text)`."""

from __future__ import annotations

from collections.abc import Mapping

from tree_sitter import Node

from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages_chain import unwrapped
from trueline.sources.enforcement.languages_meaning import Found, Meaning, applied, conditions, negated, one_of
from trueline.sources.enforcement.languages_nodes import part
from trueline.sources.enforcement.languages_scope import Scope

_METHODS: Mapping[str, Meaning] = {
    **dict.fromkeys(("includes", "has"), Meaning("membership", None, 0)),
    **dict.fromkeys(("startsWith", "endsWith", "match"), Meaning("match", None, 0)),
    "equals": Meaning("equality", None, 0),
}
_FUNCTIONS: Mapping[str, Meaning] = {
    **dict.fromkeys(("isEqual", "isDeepStrictEqual", "is"), Meaning("equality", 0, 1)),
    "isArray": Meaning("type", 0, before="array"),
}
_OWNERS = frozenset({"_", "lodash", "util", "Object", "Array"})


def asked(node: Node, scope: Scope, holds: bool = True) -> list[Found]:
    """Return what is asserted by demanding that a condition holds, or that it does not."""
    node = unwrapped(node, scope.language)
    if node.type in scope.language.negations and syntax.text_of(part(node, "operator")) == "!":
        operand = part(node, "argument")
        if operand is not None:
            return asked(operand, scope, not holds)
    if node.type in scope.language.binaries and holds and syntax.text_of(part(node, "operator")) == "&&":
        sides = [part(node, "left"), part(node, "right")]
        return [found for side in sides if side is not None for found in asked(side, scope)]
    if holds and (choice := one_of(node, scope, lambda side: asked(side, scope))) is not None:
        return [choice]
    found = by_method(node, scope)
    if found is not None:
        return [found if holds else negated(found)]
    return conditions(node, scope, holds)


def by_method(node: Node, scope: Scope) -> Found | None:
    """Return what the call of a method that answers yes or no asserts; None for any other node."""
    given = scope.value(node)
    node = unwrapped(given, scope.language) if given is not None else node
    if node.type not in scope.language.calls:
        return None
    links = scope.source.chain(node)
    last = links[-1]
    if len(links) < len(("text", "includes")) or not last.args:
        return None
    if links[0].name in _OWNERS and len(links) == len(("_", "isEqual")) and last.name in _FUNCTIONS:
        return applied(_FUNCTIONS[last.name], last.args, None, scope)
    if last.name == "test" and links[-2].node.type == "regex" and len(last.args) == 1:
        return Found("match", scope.text(last.args[0]), scope.text(links[-2].node))
    meaning = _METHODS.get(last.name)
    if meaning is None or len(last.args) != 1 or last.args[0].type in scope.language.functions:
        return None
    return applied(meaning, last.args, links[-2].node, scope)
