"""Read the YAML front matter of a document as plain fields.

Values stay text as written, lists are joined, nested names are joined by an underscore. It
does not type or judge the fields; records have their own reader for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from .header import HeaderField, field_name

MAX_CHARACTERS = 100_000
MAX_DEPTH = 20

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY_LINE = re.compile(r"[\"']?[A-Za-z_][\w .-]{0,60}[\"']?\s*:(?:\s|$)")


@dataclass(frozen=True)
class FrontMatter:
    """The front matter of a document."""

    fields: tuple[HeaderField, ...]
    end_line: int
    """The line that closes it, 1-based; 0 where the document has none."""
    problem: str | None = None


NONE = FrontMatter((), 0)


def read_front_matter(text: str) -> FrontMatter:
    """Return the front matter that a text begins with: the lines between `---` and `---` or `...`.

    Text between two thematic breaks is none. What looks like front matter and cannot be read
    gives no field but a problem.
    """
    if not text.startswith("---"):
        return NONE
    lines = text[: MAX_CHARACTERS + 10].split("\n")
    if lines[0].rstrip() != "---":
        return NONE
    end = next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), 0)
    has_key = len(lines) > 1 and _KEY_LINE.match(_first_content(lines[1:])) is not None
    if not end:
        return FrontMatter((), 0, "front matter opened on line 1 is never closed") if has_key else NONE
    return _read("\n".join(lines[1 : end - 1]), end, has_key)


def _first_content(lines: list[str]) -> str:
    return next((line for line in lines if line.strip() and not line.startswith("#")), "")


def _read(source: str, end: int, has_key: bool) -> FrontMatter:
    try:
        problem = _refusal(source)
        root = None if problem else yaml.compose(source, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem, root = _explained(error), None
    if problem:
        return FrontMatter((), end, problem) if has_key else NONE
    if root is None:
        return FrontMatter((), end)
    if not isinstance(root, yaml.MappingNode):
        return FrontMatter((), end, "front matter is not a list of fields") if has_key else NONE
    return FrontMatter(tuple(_fields(root, "")), end)


def _refusal(source: str) -> str | None:
    """Return why a YAML text is not composed: nodes that repeat or nest too deeply can grow without bound."""
    depth = 0
    for event in yaml.parse(source, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            return f"front matter uses an alias on line {_line(event)}, which is not read"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return f"front matter nests more than {MAX_DEPTH} levels on line {_line(event)}"
    return None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 2 if event.start_mark else 1


def _explained(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f" on line {mark.line + 2}" if mark else ""
    reason = getattr(error, "problem", None) or "it is not YAML"
    return f"front matter is broken{place}: {reason}"


def _fields(node: yaml.MappingNode, prefix: str) -> Iterator[HeaderField]:
    for key, value in node.value:
        name = field_name(f"{prefix} {_text(key)}")
        if not name:
            continue
        if isinstance(value, yaml.MappingNode):
            yield from _fields(value, name)
        else:
            mark = key.start_mark
            yield HeaderField(mark.line + 2, mark.column + 1, name, _text(value), "front_matter")


def _text(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(_text(item) for item in node.value)
    if isinstance(node, yaml.MappingNode):
        return ", ".join(f"{_text(key)}: {_text(value)}" for key, value in node.value)
    return str(node.value)
