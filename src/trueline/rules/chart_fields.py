"""Find the fields that a chart's encodings name, as far as its specification tells. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def unknown_fields(spec: Mapping[str, Any], selected: frozenset[str]) -> list[str]:
    """Return the fields that no encoding can show: the metric does not select them and no transform makes them."""
    known = selected | frozenset(_made(spec))
    return sorted({field for field in _encoded(spec) if field not in known})


def _encoded(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _encoded(item)
    elif isinstance(node, dict) and "values" not in (node.get("data") or {}):
        yield from _fields(node.get("encoding"))
        for name, value in node.items():
            if name != "encoding":
                yield from _encoded(value)


def _fields(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _fields(item)
    elif isinstance(node, dict):
        if isinstance(node.get("field"), str):
            yield node["field"]
        for value in node.values():
            yield from _fields(value)


def _made(node: Any) -> Iterator[str]:
    """Yield every name that a transform gives."""
    if isinstance(node, list):
        for item in node:
            yield from _made(item)
    elif isinstance(node, dict):
        given = node.get("as")
        yield from (name for name in (given if isinstance(given, list) else [given]) if isinstance(name, str))
        if "fold" in node and given is None:
            yield from ("key", "value")
        if "density" in node and given is None:
            yield from ("value", "density")
        if isinstance(node.get("from"), dict):
            yield from (name for name in node["from"].get("fields") or () if isinstance(name, str))
        for value in node.values():
            yield from _made(value)
