"""Read a YAML or JSON text into plain values, and know where each stands.

Scalars keep their text but for true, false, null and numbers. It never runs a tag, and bounds depth and size.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from .importer import ImportProblem

MAX_DEPTH = 200
_FIX = "Correct it; nothing of this description was read"
Place = tuple[int, int]


@dataclass(frozen=True)
class Description:
    """A text as values, with places."""

    root: Any = None
    problem: ImportProblem | None = None
    references: tuple[tuple[str, Place], ...] = ()
    """Every `$ref` that is a text, in order."""
    _places: dict[tuple[str, ...], tuple[Place, int]] = field(default_factory=dict, repr=False)

    def place_of(self, *keys: str) -> tuple[Place, int]:
        """Return line and column of a key, both 1-based, and the last line of its value."""
        return self._places.get(keys, ((1, 1), 1))


class _Refused(Exception):
    """The text is not read; the place is 1-based."""


def read_description(text: str, form: str) -> Description:
    """Return the values of a text; JSON is read as YAML, to which it belongs but for tabs."""
    import yaml  # slow to import, and most repositories have no such file

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if form == "json":
        try:
            json.loads(text)
        except (ValueError, RecursionError) as error:
            line, col = getattr(error, "lineno", 0), getattr(error, "colno", 0)
            return Description(
                problem=ImportProblem(line, col, f"broken JSON: {getattr(error, 'msg', 'nests too deeply')}", _FIX)
            )
        text = text.replace("\t", " ")
    try:
        _bound(yaml, text, loader)
        node = yaml.compose(text, Loader=loader)
    except _Refused as error:
        line, col, message = error.args
        return Description(problem=ImportProblem(line, col, message, _FIX))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it cannot be read"
        line, col = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        return Description(problem=ImportProblem(line, col, f"broken YAML: {reason}", _FIX))
    walk = _Walk()
    return Description(walk.value(node, ()), None, tuple(walk.references), walk.places)


def _bound(yaml: Any, text: str, loader: Any) -> None:
    """Refuse what nests or repeats without end."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
            mark = event.start_mark
            why = f"nests more than {MAX_DEPTH} levels" if depth > MAX_DEPTH else "uses an alias, which is not read"
            raise _Refused(mark.line + 1, mark.column + 1, why)


class _Walk:
    """Turns nodes into values and notes places."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, ...], tuple[Place, int]] = {}
        self.references: list[tuple[str, Place]] = []

    def value(self, node: Any, keys: tuple[str, ...]) -> Any:
        """Return the value of a node; places are noted three levels deep, as far as operations lie."""
        if node is None:
            return None
        if node.id == "sequence":
            return [self.value(one, (*keys, "")) for one in node.value]
        if node.id == "scalar":
            return _scalar(node)
        values: dict[str, Any] = {}
        for key, below in node.value:
            name = str(key.value) if key.id == "scalar" else ""
            if len(keys) < 3:
                self.places[(*keys, name)] = (_place(key), below.end_mark.line + (below.end_mark.column > 0))
            values[name] = self.value(below, (*keys, name))
            if name == "$ref" and isinstance(values[name], str) and keys[-1:] != ("properties",):
                self.references.append((values[name], _place(below)))
        return values


def _place(node: Any) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _scalar(node: Any) -> Any:
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return node.value.lower() in ("true", "yes", "on")
    if kind in ("int", "float"):
        return _number(node.value)
    return node.value


def _number(written: str) -> Any:
    """Return a number; its text where it is of a form that JSON has not, or of great length."""
    try:
        return json.loads(written) if len(written) < 40 else written
    except ValueError:
        return written
