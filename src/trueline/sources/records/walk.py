"""Hold one composed record against its kind: type every value, find everything wrong.

This walk is the only judge of a record. The JSON Schema of a kind is for editors, and a
property test holds the two to each other. References to other records need all records and
are checked by `read`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from trueline.model.errors import Problem
from trueline.model.record import Field, Kind
from trueline.settings.suggestion import did_you_mean, shown
from trueline.sources.trees.header import field_name

from .scalars import EXPECTED, typed
from .yaml_nodes import MOST_PROBLEMS, Mapping, Node, Scalar, Sequence

OWN_FIELDS = ("kind", "id", "former_ids")
"""Fields that every record has, whatever its kind."""
LONGEST_MATCHED = 1_000
"""Characters held against a pattern: patterns can be slow."""

_ID = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,200}")


@dataclass
class Walked:
    """What a record says."""

    values: dict[str, object] = field(default_factory=dict)
    """Typed, by field; a field left out or left empty has none."""
    names: dict[str, list[Scalar]] = field(default_factory=dict)
    """The ids that each reference field names, with their places."""
    id: Scalar | None = None
    former_ids: list[Scalar] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def walk(node: Mapping, kind: Kind, path: str, head: tuple[int, int]) -> Walked:
    """Return the typed values of a record and every problem in it.

    `head` is the line and column where a person would look for what is missing.
    """
    return _Walk(kind, path).walk(node, head)


class _Walk:
    def __init__(self, kind: Kind, path: str) -> None:
        self.kind = kind
        self.path = path
        self.found = Walked()

    def walk(self, node: Mapping, head: tuple[int, int]) -> Walked:
        fields = {f.name: f for f in self.kind.fields}
        given: dict[str, Scalar] = {}
        for key, value in node.entries:
            if len(self.found.problems) >= MOST_PROBLEMS:
                self._wrong(key, "has more problems than can be listed", "Mend those above first.")
                return self.found
            name = field_name(key.text)
            if name in given:
                self._wrong(key, f"{name} is already given in line {given[name].line}", "Keep one of the two.")
            elif name in fields:
                self._take(fields[name], key, value)
            elif name in OWN_FIELDS:
                self._take_own(name, value)
            else:
                known = did_you_mean(name, [*fields, *OWN_FIELDS])
                self._wrong(key, f"{shown(key.text)} is no field of {self.kind.name}", known)
            given.setdefault(name, key)
        for missing in (f for f in self.kind.fields if f.required and f.name not in given):
            self._problem(*head, f"{missing.name} is missing", f"Add {missing.name}: {_sentence(missing)}")
        return self.found

    def _take(self, field: Field, key: Scalar, value: Node) -> None:
        if isinstance(value, Scalar) and value.is_empty:
            if field.required:
                self._wrong(key, f"{field.name} is empty", f"Fill in {field.name}: {_sentence(field)}")
            return
        texts = self._texts(field, value)
        if texts is None:
            return
        if field.type == "list":
            self.found.values[field.name] = [text.text for text in texts]
        elif texts:
            self.found.values[field.name] = typed(texts[0].text, field.type)
        if field.reference:
            self.found.names[field.name] = texts

    def _texts(self, field: Field, value: Node) -> list[Scalar] | None:
        """Return the scalars of a field that are as its schema wants; None where any is not."""
        if field.type == "list":
            items = self._items(field.name, value)
        elif isinstance(value, Scalar):
            items = [value]
        else:
            self._wrong(value, f"{field.name} must be {EXPECTED[field.type]}, not a {_shape(value)}")
            return None
        if items is None:
            return None
        good = []
        for item in items:
            if len(self.found.problems) < MOST_PROBLEMS and self._holds(field, item):
                good.append(item)
        return good if len(good) == len(items) else None

    def _items(self, name: str, value: Node) -> list[Scalar] | None:
        if not isinstance(value, Sequence):
            self._wrong(value, f"{name} must be a list, not a {_shape(value)}", "Write it as [one, two].")
            return None
        items = []
        for item in value.items:
            if len(self.found.problems) >= MOST_PROBLEMS:
                return None
            if isinstance(item, Scalar) and not item.is_empty:
                items.append(item)
            else:
                what = "empty" if isinstance(item, Scalar) else f"a {_shape(item)}"
                self._wrong(item, f"each of {name} must be a text, and this one is {what}")
        return items if len(items) == len(value.items) else None

    def _holds(self, field: Field, item: Scalar) -> bool:
        of = "each of " if field.type == "list" else ""
        if typed(item.text, field.type) is None:
            self._wrong(item, f"{field.name} must be {EXPECTED[field.type]}, not {shown(item.text)}")
        elif field.enum and item.text not in field.enum:
            fix = did_you_mean(item.text, field.enum)
            fix = fix if fix.startswith("Did") else ""
            choices = ", ".join(field.enum)
            self._wrong(item, f"{of}{field.name} must be one of {choices}, not {shown(item.text)}", fix)
        elif field.pattern and not matches(field.pattern, item.text):
            self._wrong(
                item,
                f"{of}{field.name} must look like {field.pattern}, not {shown(item.text)}",
                f"Mend {field.name}: {field.doc}",
            )
        else:
            return True
        return False

    def _take_own(self, name: str, value: Node) -> None:
        if name == "id":
            if isinstance(value, Scalar) and is_id(value.text):
                self.found.id = value
            else:
                self._wrong(value, "id must be one word of at most 200 characters", "Names with spaces go elsewhere.")
        elif name == "former_ids" and not (isinstance(value, Scalar) and value.is_empty):
            self.found.former_ids = self._items(name, value) or []

    def _wrong(self, at: Node, message: str, fix: str = "") -> None:
        self._problem(at.line, at.col, message, fix)

    def _problem(self, line: int, col: int, message: str, fix: str = "") -> None:
        self.found.problems.append(Problem(self.path, line, col, message, fix))


def is_id(text: str) -> bool:
    """Say whether a text can be the id of a record: one word."""
    return _ID.fullmatch(text) is not None


def matches(pattern: str, text: str) -> bool:
    """Say whether a whole text matches a field's pattern; a text too long to try does not."""
    return len(text) <= LONGEST_MATCHED and _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _sentence(field: Field) -> str:
    choices: Collection[str] = field.enum
    return field.doc + (f" One of {', '.join(choices)}." if choices else "")


def _shape(node: Node) -> str:
    return {Scalar: "single value", Sequence: "list", Mapping: "mapping"}[type(node)]
