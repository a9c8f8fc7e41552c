"""From YAML text to a tree of nodes that know their line and column, and nothing else.

Texts stay texts: what they mean is the schema's word, so `country: NO` is never false. Built on
PyYAML's events, not on its composer, whose recursion a hostile file can overflow. What records
have no use for and bombs are made of is refused: anchors, aliases, tags, depth, sheer number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from trueline.model.errors import Problem
from trueline.settings.suggestion import shown

LARGEST = 5_000_000
"""Bytes of one file."""
DEEPEST = 12
MOST_NODES = 200_000
MOST_PROBLEMS = 100
"""Of one kind in one file: whoever wrote more made one mistake."""

_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"\r\n?")
_TAB_INDENT = re.compile(r"^ *\t(?=[ \t]*[^\s#])", re.MULTILINE)
_EXPLAINED = {
    "mapping values are not allowed in this context": (
        "a colon here starts a second field on the line",
        "Put the text in quotes, or indent the line as its neighbours.",
    ),
    "could not find expected ':'": ("a field has no colon", "Write it as `field: value`."),
    "did not find expected key": ("this line does not fit the ones above", "Indent it as its neighbours; quote texts."),
    "found unexpected end of stream": ("a quote is never closed", "Close it."),
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it is written."""

    text: str
    line: int
    col: int
    is_plain: bool = True
    """False where it is quoted or a block."""

    @property
    def is_empty(self) -> bool:
        """Say whether it stands for no value."""
        return self.is_plain and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: list[Node]
    line: int
    col: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in their order; each key once."""

    entries: list[tuple[Scalar, Node]]
    line: int
    col: int

    def get(self, name: str) -> Node | None:
        """Return the value of a key."""
        return next((value for key, value in self.entries if key.text == name), None)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class Composed:
    """The documents of a text up to where it could be read, and everything wrong on the way."""

    documents: tuple[Node, ...]
    problems: tuple[Problem, ...]


def decode(content: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file with newlines as `\\n`, or an empty text and why it is none."""
    if len(content) > LARGEST:
        problem = Problem(path, 1, 1, f"is larger than {LARGEST // 1_000_000} MB", "Split it, one record to a file.")
        return "", (problem,)
    try:
        return _LINE_END.sub("\n", content.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        before = _LINE_END.sub("\n", before)
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        return "", (Problem(path, *place, "is not UTF-8 text", "Save the file as UTF-8."),)


def compose(text: str, path: str, first_line: int = 1) -> Composed:
    """Return the documents of a YAML text that starts on the given line of its file."""
    places = _Places(text, path, first_line)
    unprintable = [
        places.problem(m.start(), "holds a control character", "Delete it.") for m in _UNPRINTABLE.finditer(text)
    ]
    if unprintable:
        return Composed((), tuple(unprintable[:MOST_PROBLEMS]))
    building = _Building(places)
    try:
        building.take_all(_events(text))
    except _TooMuch as error:
        building.problems.append(places.problem(error.offset, str(error), "Records are flat and written by people."))
    except Exception as error:
        if not _is_yaml_error(error):
            raise
        building.problems.extend(_syntax_problems(error, text, places))
    return Composed(tuple(building.documents), tuple(building.problems))


class _TooMuch(Exception):
    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class _Places:
    """Offsets into a text, as places of its file. YAML's own line count knows breaks that editors do not."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        # A last newline ends the last line; it does not start another one.
        self.last = max(1, len(self.starts) - text.endswith("\n"))

    def __call__(self, offset: int) -> tuple[int, int]:
        line = min(bisect_right(self.starts, offset), self.last)
        return line + self.first_line - 1, offset - self.starts[line - 1] + 1

    def problem(self, offset: int, message: str, fix: str) -> Problem:
        return Problem(self.path, *self(offset), message, fix)


@dataclass
class _Building:
    places: _Places
    documents: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    open: list[tuple[Sequence | Mapping, dict[str, int]]] = field(default_factory=list)
    """Containers not yet ended, each with the line of every key so far."""
    keys: list[Scalar | None] = field(default_factory=list)
    """The key that waits for its value, for each open container."""
    nodes: int = 0

    def take_all(self, events: Iterator[Any]) -> None:
        for event in events:
            name = type(event).__name__
            if name in ("MappingEndEvent", "SequenceEndEvent"):
                self.open.pop()
                self.keys.pop()
            elif name in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "AliasEvent"):
                self._take(name, event)

    def _take(self, name: str, event: Any) -> None:
        offset = event.start_mark.index
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise _TooMuch(f"has more than {MOST_NODES:,} values", offset)
        if len(self.problems) >= MOST_PROBLEMS:
            raise _TooMuch("has more problems than can be listed", offset)
        if len(self.open) >= DEEPEST:
            raise _TooMuch(f"is nested more than {DEEPEST} deep", offset)
        self._refuse_cleverness(name, event, offset)
        line, col = self.places(offset)
        if name == "MappingStartEvent":
            self._add(Mapping([], line, col), offset)
        elif name == "SequenceStartEvent":
            self._add(Sequence([], line, col), offset)
        else:
            text = "" if name == "AliasEvent" else event.value
            self._add(Scalar(text, line, col, not getattr(event, "style", None)), offset)

    def _refuse_cleverness(self, name: str, event: Any, offset: int) -> None:
        if name == "AliasEvent":
            self._wrong(offset, f"refers to {shown('*' + event.anchor)}", "Write the value out here.")
        elif event.anchor is not None:
            self._wrong(offset, f"has the anchor {shown('&' + event.anchor)}", "Write values out where they belong.")
        if getattr(event, "tag", None) is not None:
            self._wrong(offset, f"has the tag {shown(event.tag)}", "Take it away: the kind decides the type.")

    def _add(self, node: Node, offset: int) -> None:
        if not self.open:
            self.documents.append(node)
        elif isinstance(self.open[-1][0], Sequence):
            self.open[-1][0].items.append(node)
        elif self.keys[-1] is None:
            self.keys[-1] = self._as_key(node, offset)
        else:
            self._add_entry(self.keys[-1], node, offset)
            self.keys[-1] = None
        if not isinstance(node, Scalar):
            self.open.append((node, {}))
            self.keys.append(None)

    def _as_key(self, node: Node, offset: int) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self._wrong(offset, "a list or mapping cannot be the name of a field", "Quote texts that begin with [ or {.")
        return Scalar("", node.line, node.col)

    def _add_entry(self, key: Scalar, value: Node, offset: int) -> None:
        mapping, seen = self.open[-1]
        assert isinstance(mapping, Mapping), "sequences were dealt with"
        if key.text in seen:
            message = f"{shown(key.text)} is already given in line {seen[key.text]}"
            self.problems.append(Problem(self.places.path, key.line, key.col, message, "Keep one of the two."))
            return
        seen[key.text] = key.line
        mapping.entries.append((key, value))

    def _wrong(self, offset: int, message: str, fix: str) -> None:
        self.problems.append(self.places.problem(offset, message, fix))


def _events(text: str) -> Iterator[Any]:
    import yaml

    return iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _is_yaml_error(error: Exception) -> bool:
    import yaml

    return isinstance(error, yaml.YAMLError)


def _syntax_problems(error: Any, text: str, places: _Places) -> list[Problem]:
    """Return a problem for each line indented by a tab, where that is the trouble, else the one that stopped YAML."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or "cannot be read"
    tabs = list(_TAB_INDENT.finditer(text))
    if tabs and ("cannot start any token" in what or "tab" in what or "expected" in what):
        fix = "Indent with spaces."
        return [places.problem(m.end() - 1, "is indented by a tab", fix) for m in tabs[:MOST_PROBLEMS]]
    message, fix = _EXPLAINED.get(what, (f"is not valid YAML: {what}", "Quote texts with special characters."))
    return [places.problem(mark.index if mark else 0, message, fix)]
