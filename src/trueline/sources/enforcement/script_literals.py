"""Values that a configuration script writes out: objects, lists and texts of JavaScript; nothing is run.

What a script computes is left out, so that an answer is incomplete rather than invented.
"""

from __future__ import annotations

from functools import cache
from typing import Any

SCRIPT_ENDINGS = ("js", "cjs", "mjs", "ts", "cts", "mts")
DEEPEST = 30
_OBJECTS = ("object", "array")


def parse_script(path: str, text: str) -> dict[str, Any]:
    """Return the outermost objects of a script, merged: what stands deeper is found where it stands."""
    merged: dict[str, Any] = {}
    unnamed: list[Any] = []
    waiting = [_parser().parse(text.encode()).root_node]
    while waiting:
        node = waiting.pop()
        if node.type == "object":
            value = _value(node, 0)
            merged = {**value, **merged} if not (merged.keys() & value.keys()) else merged
            unnamed.append(value)
        elif node.type == "array":
            unnamed.append(_value(node, 0))
        else:
            waiting.extend(reversed(node.children))
    return {**merged, "config": unnamed}


def _value(node: Any, depth: int) -> Any:
    if depth > DEEPEST:
        return None
    if node.type == "object":
        return _object(node, depth)
    if node.type == "array":
        return [
            _value(part, depth + 1) for part in node.named_children if part.type not in ("comment", "spread_element")
        ]
    if node.type in ("string", "template_string"):
        return _text(node)[1:-1]
    if node.type in ("number", "unary_expression"):
        return _text(node)
    if node.type in ("true", "false"):
        return node.type == "true"
    if node.type in ("as_expression", "satisfies_expression", "parenthesized_expression") and node.named_children:
        return _value(node.named_children[0], depth + 1)
    return None


def _object(node: Any, depth: int) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for pair in node.named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if pair.type == "pair" and key is not None and value is not None:
            name = _text(key)
            entries[name[1:-1] if key.type == "string" else name] = _value(value, depth + 1)
    return entries


def _text(node: Any) -> str:
    return bytes(node.text).decode("utf-8", "replace")


@cache
def _parser() -> Any:
    import tree_sitter_typescript
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_typescript.language_typescript()))
