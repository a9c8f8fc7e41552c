"""Read `records.yaml`, the one place where the kinds of records are declared.

All practices are read together, because their kinds refer to each other and share one space of
names. What a record says is not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import get_args

from trueline.model.errors import BadInput, Problem
from trueline.model.evidence_tables import GIT_TABLES
from trueline.model.record import SQL_TYPES, Field, Kind
from trueline.model.run import RUN
from trueline.model.table import Privacy
from trueline.model.tree_tables import TREE_TABLES
from trueline.settings.suggestion import did_you_mean, shown

from .scalars import typed
from .sql_words import RESERVED_WORDS
from .walk import OWN_FIELDS
from .yaml_nodes import Mapping, Node, Scalar, Sequence, compose, decode

_KIND_KEYS = ("table", "title", "location", "fields")
_FIELD_KEYS = ("type", "required", "doc", "enum", "reference", "pattern", "privacy", "pseudonymised")
_OWN_COLUMNS = ("repository", "source_path", "source_line")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_TAKEN = {table.name for table in (*TREE_TABLES, *GIT_TABLES, RUN)} | {"parameters"}


@dataclass(frozen=True)
class Declaration:
    """One `records.yaml`."""

    practice: str
    path: str
    content: bytes


def read_kinds(declarations: Iterable[Declaration]) -> tuple[Kind, ...]:
    """Return every declared kind. Raises BadInput with every problem of every file."""
    reading = _Reading()
    kinds = tuple(kind for declaration in declarations for kind in reading.kinds(declaration))
    names = {kind.name for kind in kinds}
    for path, reference in reading.references:
        if reference.text not in names:
            fix = did_you_mean(reference.text, names)
            reading.wrong(path, reference, f"no kind is named {shown(reference.text)}", fix)
    if reading.problems:
        raise BadInput(reading.problems)
    return kinds


@dataclass
class _Reading:
    problems: list[Problem] = field(default_factory=list)
    references: list[tuple[str, Scalar]] = field(default_factory=list)
    """The file and place of each kind that a field refers to."""
    seen: dict[str, str] = field(default_factory=dict)
    """Kinds and tables so far, each with where it is declared."""

    def wrong(self, path: str, at: Node, message: str, fix: str = "") -> None:
        self.problems.append(Problem(path, at.line, at.col, message, fix))

    def kinds(self, declaration: Declaration) -> Iterator[Kind]:
        path = declaration.path
        text, unreadable = decode(declaration.content, path)
        composed = compose(text, path)
        self.problems += [*unreadable, *composed.problems]
        for document in composed.documents:
            if isinstance(document, Scalar) and document.is_empty:
                continue
            for name, node in self._entries(path, document, "records.yaml"):
                self._check_name(path, name, "a kind")
                self._check_unique(path, name, f"kind {name.text}")
                yield self._kind(path, name, node, declaration.practice)

    def _kind(self, path: str, name: Scalar, node: Node, practice: str) -> Kind:
        keys = self._known(path, node, _KIND_KEYS, f"kind {name.text}")
        table = self._required(path, name, keys, "table")
        if table is not None:
            self._check_name(path, table, "a table")
            self._check_unique(path, table, f"table {table.text}")
            if table.text in _TAKEN:
                self.wrong(path, table, f"{shown(table.text)} is a table of Trueline's own", "Choose another name.")
        location = self._text(path, keys, "location")
        if location is not None and "{id}" not in location.text:
            self.wrong(path, location, "location has no {id}", "Write it as services/{id}.md.")
        title = self._required(path, name, keys, "title")
        if "fields" not in keys:
            self.wrong(path, name, f"kind {name.text} has no fields", "Add fields:.")
        return Kind(
            name=name.text,
            table=table.text if table else "",
            title=title.text if title else "",
            fields=tuple(self._fields(path, name.text, keys["fields"])) if "fields" in keys else (),
            location=location.text if location else "",
            practice=practice,
        )

    def _fields(self, path: str, kind: str, node: Node) -> Iterator[Field]:
        reserved = {*OWN_FIELDS, *_OWN_COLUMNS, f"{kind}_id"}
        for name, value in self._entries(path, node, "fields"):
            self._check_name(path, name, "a field")
            if name.text in reserved:
                self.wrong(
                    path, name, f"{shown(name.text)} is there without being declared", "Take it away or rename it."
                )
            yield self._field(path, name, value)

    def _field(self, path: str, name: Scalar, node: Node) -> Field:
        keys = self._known(path, node, _FIELD_KEYS, f"field {name.text}")
        type = self._required(path, name, keys, "type")
        if type is not None and type.text not in SQL_TYPES:
            self.wrong(path, type, f"{shown(type.text)} is no type", did_you_mean(type.text, SQL_TYPES))
            type = None
        doc = self._required(path, name, keys, "doc")
        reference = self._text(path, keys, "reference")
        if reference is not None:
            self.references.append((path, reference))
            if type is not None and type.text not in ("text", "list"):
                self.wrong(path, reference, "only a text or a list can refer to a record", "Make it text or list.")
        return Field(
            name=name.text,
            type=type.text if type else "text",  # type: ignore[arg-type]
            doc=doc.text if doc else "",
            required=self._flag(path, keys, "required"),
            enum=self._enum(path, keys, type.text if type else "text"),
            reference=reference.text if reference else None,
            pattern=self._pattern(path, keys, type.text if type else "text"),
            privacy=self._privacy(path, keys),
            pseudonymised=self._flag(path, keys, "pseudonymised"),
        )

    def _enum(self, path: str, keys: dict[str, Node], type: str) -> tuple[str, ...]:
        node = keys.get("enum")
        if node is None:
            return ()
        if not isinstance(node, Sequence) or not node.items:
            self.wrong(path, node, "enum must be a list of values", "Write it as [one, two].")
            return ()
        values = []
        for item in node.items:
            if not isinstance(item, Scalar) or item.is_empty:
                self.wrong(path, item, "each value of an enum must be a text")
            elif typed(item.text, type) is None:  # type: ignore[arg-type]
                self.wrong(path, item, f"{shown(item.text)} is not of type {type}", "Mend the value or the type.")
            else:
                values.append(item.text)
        return tuple(values)

    def _pattern(self, path: str, keys: dict[str, Node], type: str) -> str | None:
        pattern = self._text(path, keys, "pattern")
        if pattern is None:
            return None
        if type not in ("text", "list"):
            self.wrong(path, pattern, "only texts are held against a pattern", "Take it away.")
        try:
            re.compile(pattern.text)
        except (re.error, RecursionError, OverflowError) as error:
            self.wrong(path, pattern, f"pattern is no regular expression: {error}")
            return None
        return pattern.text

    def _privacy(self, path: str, keys: dict[str, Node]) -> Privacy:
        node = self._text(path, keys, "privacy")
        if node is None:
            return "internal"
        if node.text not in get_args(Privacy):
            choices = ", ".join(get_args(Privacy))
            self.wrong(path, node, f"privacy must be one of {choices}, not {shown(node.text)}")
        return node.text  # type: ignore[return-value]

    def _flag(self, path: str, keys: dict[str, Node], key: str) -> bool:
        node = self._text(path, keys, key)
        if node is not None and node.text not in ("true", "false"):
            self.wrong(path, node, f"{key} must be true or false, not {shown(node.text)}")
        return node is not None and node.text == "true"

    def _entries(self, path: str, node: Node, what: str) -> list[tuple[Scalar, Node]]:
        if isinstance(node, Mapping):
            return node.entries
        self.wrong(path, node, f"{what} must map names to what they mean", "Write `name:` and indent the rest.")
        return []

    def _known(self, path: str, node: Node, known: tuple[str, ...], what: str) -> dict[str, Node]:
        found = {}
        for key, value in self._entries(path, node, what):
            if key.text in known:
                found[key.text] = value
            else:
                self.wrong(path, key, f"{shown(key.text)} means nothing in {what}", did_you_mean(key.text, known))
        return found

    def _text(self, path: str, keys: dict[str, Node], key: str) -> Scalar | None:
        node = keys.get(key)
        if node is None or (isinstance(node, Scalar) and not node.is_empty):
            return node
        self.wrong(path, node, f"{key} must be a text")
        return None

    def _required(self, path: str, owner: Scalar, keys: dict[str, Node], key: str) -> Scalar | None:
        if key not in keys:
            self.wrong(path, owner, f"{shown(owner.text)} has no {key}", f"Add {key}:.")
        return self._text(path, keys, key)

    def _check_name(self, path: str, name: Scalar, what: str) -> None:
        if not _NAME.fullmatch(name.text):
            fix = "Use lower-case letters, digits and underscores, a letter first."
            self.wrong(path, name, f"{shown(name.text)} cannot name {what}", fix)
        elif name.text in RESERVED_WORDS and what != "a kind":
            self.wrong(
                path, name, f"{shown(name.text)} is a word of SQL and cannot name {what}", "Choose another name."
            )

    def _check_unique(self, path: str, at: Scalar, what: str) -> None:
        if what in self.seen:
            self.wrong(path, at, f"{what} is already declared at {self.seen[what]}", "Choose another name.")
        self.seen.setdefault(what, f"{path}:{at.line}")
