"""Specification items of OpenFastTrace in Markdown and reStructuredText.

A machine that goes line by line, with the states and transitions of OpenFastTrace's own importers,
so that it finds the same items with the same needs and links. Prose between items is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .importer import NOTHING, Imported, Importer, Item, Link, Role
from .openfasttrace_id import CANDIDATE, ID, role_of, taken_apart
from .scanning import text_with

_LISTS = {"rationale": "rationale", "comment": "comment", "covers": "covers", "depends": "depends"}
_KEYS = _LISTS | {"needs_line": "item", "needs": "needs", "tags_line": "tags", "tags": "tags"}
_COMMON = {"id": "item", "title": "title"}
_NEXT: dict[str, dict[str, str]] = {
    "start": _COMMON | {"forward": "start", "fence": "code"},
    "title": _COMMON | {"underline": "title", "empty": "title", "forward": "start", "text": "start"},
    "item": _COMMON
    | {"status": "item", "description": "description", "forward": "start", "text": "description"}
    | _KEYS,
    "description": _COMMON | _KEYS | {"forward": "start", "text": "description", "empty": "description"},
    "rationale": _COMMON | _KEYS | {"rationale": "rationale", "text": "rationale", "empty": "rationale"},
    "comment": _COMMON | _KEYS | {"text": "comment", "empty": "comment"},
    "covers": _COMMON | _KEYS | {"forward": "start", "reference": "covers"},
    "depends": _COMMON | _KEYS | {"forward": "start", "reference": "depends"},
    "needs": _COMMON
    | _LISTS
    | {"entry": "needs", "empty": "description", "tags_line": "tags", "tags": "tags"}
    | {"forward": "start"},
    "tags": _COMMON | _KEYS | {"entry": "tags", "empty": "item", "forward": "start"},
    "code": {"fence_end": "start"},
}
"""State -> what a line is -> next state. A line that is nothing listed changes nothing."""

_ITEM_ID = re.compile(rf"`?({ID})`?")
_KEY = re.compile(
    r"(?P<key>Comment|Covers|Depends|Description|Rationale|Needs|Tags|Status):(?P<value>.*)", re.ASCII | re.DOTALL
)
_KEY_STARTS = frozenset("CDRNTS")
_WORDS = re.compile(r"\s*\w+\s*(?:,\s*\w+\s*)*", re.ASCII)
_STATUS = re.compile(r"\s*(approved|proposed|draft|rejected)\s*", re.ASCII)
_REFERENCE = re.compile(rf"\s{{0,3}}[+*-](?:.*\W)?({ID})(?:\W.*)?")
_NEEDED = re.compile(r"\s{0,3}[+*-](?:.*\W)?([A-Za-z]+)(?:\W.*)?", re.ASCII)
_FORWARD = re.compile(rf"([a-zA-Z]+)\s*-->\s*([a-zA-Z]+(?:,\s*[a-zA-Z]+)*)\s*:\s*({ID})")
_FENCE = re.compile(r" *[`~]{3,30}(\w*)\s*", re.ASCII)
_HASH_TITLE = re.compile(r"#+\s*(.*)")
_MARKS = {"markdown": "=-", "rst": "-=`:.'\"~^_*+#<>"}
"""Of which underlines are made."""
_UNDERLINES = {markup: re.compile(rf"[{re.escape(marks)}]{{3,}}\s*") for markup, marks in _MARKS.items()}
_LISTED = frozenset({"covers", "depends", "needs", "tags"})
"""States in which items of lists count."""
_BLANK = (("empty", ""),)
"""All that a line without anything may be, unless an underline follows it."""
_OFF = re.compile(r"(?:^|\W)oft:off(?:\W|$)")
_ON = re.compile(r"(?:^|\W)oft:on(?:\W|$)")


@dataclass
class _Open:
    """The item whose lines are being read."""

    line: int
    col: int
    written: str
    title: str | None
    status: str | None = None
    needs: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    def closed(self, end_line: int) -> Item:
        """Return the finished item."""
        kind, item_id, revision = taken_apart(self.written)
        return Item(
            self.line,
            self.col,
            "requirement",
            item_id,
            kind,
            end_line=end_line,
            revision=revision,
            title=self.title,
            status=self.status,
            is_active=self.status != "rejected",
            needs=tuple(self.needs),
            text="\n".join(self.text).strip(),
            attributes=tuple(f"tag={tag}" for tag in self.tags),
            links=tuple(self.links),
        )


class _Machine:
    """Reads lines one by one."""

    def __init__(self, markup: str) -> None:
        self.items: list[Item] = []
        self._is_markdown = markup == "markdown"
        self._underline = _UNDERLINES[markup]
        self._marks = frozenset("#" + _MARKS[markup])
        self._state = "start"
        self._is_on = True
        self._title: str | None = None
        self._item: _Open | None = None
        self._last = 0

    def read(self, lines: list[str]) -> None:
        """Read all lines."""
        for number, line in enumerate(lines, 1):
            if "oft:o" in line and (_OFF if self._is_on else _ON).search(line):
                self._is_on = not self._is_on
            elif self._is_on:
                self._step(number, line, lines[number] if number < len(lines) else "")
        self._close()

    def _step(self, number: int, line: str, following: str) -> None:
        allowed = _NEXT[self._state]
        is_blank = not line and following[:1] not in self._marks
        for event, token in _BLANK if is_blank else self._events(line, following):
            state = allowed.get(event)
            if state is not None:
                self._act(event, token, number, line)
                self._state = (
                    "needs" if event == "empty" and self._state == "needs" and not self._is_markdown else state
                )
                return

    def _events(self, line: str, following: str) -> Iterator[tuple[str, str]]:
        """Yield what a line may be, in the order in which it is tried."""
        if "~" in line and (found := _ITEM_ID.match(line)):
            yield "id", found[1]
        key = _key(line) if line[:1] in _KEY_STARTS else None
        if key and key[0] == "status":
            yield key
        if line[:1] in self._marks or following[:1] in self._marks:
            yield from self._title_events(line, following)
        if self._state in _LISTED:
            yield from self._entry_events(line)
        if key and key[0] != "status":
            yield key
        if "-->" in line and (found := _FORWARD.search(line)):
            yield "forward", found[0]
        if self._is_markdown and line[:1] in " `~" and (found := _FENCE.fullmatch(line)):
            yield ("fence" if found[1] or self._state != "code" else "fence_end"), ""
        if not line or line.isspace():
            yield "empty", line
        if line:
            yield "text", line

    def _title_events(self, line: str, following: str) -> Iterator[tuple[str, str]]:
        if self._state == "title" and not self._is_markdown and self._underline.fullmatch(line):
            yield "underline", ""
        if self._is_markdown and line[:1] == "#" and (found := _HASH_TITLE.fullmatch(line)):
            yield "title", found[1]
        if following[2:3] and self._underline.fullmatch(following):
            yield "title", line
        if self._state == "title" and self._is_markdown and self._underline.fullmatch(line):
            yield "underline", ""

    def _entry_events(self, line: str) -> Iterator[tuple[str, str]]:
        if self._state in ("covers", "depends") and "~" in line and (found := _REFERENCE.fullmatch(line)):
            yield "reference", found[1]
        if self._state in ("needs", "tags") and line.lstrip()[:1] in ("+", "*", "-"):
            yield "entry", line

    def _act(self, event: str, token: str, number: int, line: str) -> None:
        if event == "id":
            self._close()
            self._item = _Open(number, line.index(token) + 1, token, self._title)
            self._title = None
        elif event == "title":
            self._close()
            self._title = token.strip()
        elif event == "forward":
            self._close()
            self._title = None
            self.items.append(_forwarded(token, number, line.index(token) + 1))
        elif self._item is None:
            self._title = self._title if event in ("empty", "underline") else None
        else:
            self._take(event, token, number, line, self._item)
        if line and not line.isspace():
            self._last = number

    def _take(self, event: str, token: str, number: int, line: str, item: _Open) -> None:
        if event == "reference":
            _, cited, revision = taken_apart(token)
            item.links.append(Link(number, line.rindex(token) + 1, _role(self._state, item.written), cited, revision))
        elif event == "needs_line":
            item.needs.extend(word.strip() for word in token.split(","))
        elif event == "tags_line":
            item.tags.extend(word.strip() for word in token.split(","))
        elif event == "entry" and self._state == "tags":
            item.tags.extend(word.strip() for word in line.lstrip()[1:].split(","))
        elif event == "entry" and (found := _NEEDED.fullmatch(line)):
            item.needs.append(found[1])
        elif event == "status":
            item.status = token
        elif event in ("text", "empty") and self._state in ("item", "description", "rationale", "comment"):
            item.text.append(token)

    def _close(self) -> None:
        if self._item is not None:
            self.items.append(self._item.closed(max(self._last, self._item.line)))
            self._item = None


def _key(line: str) -> tuple[str, str] | None:
    """Return what a line with a keyword is, and its value; None where it is none."""
    found = _KEY.match(line)
    if found is None:
        return None
    key, value = found["key"].lower(), found["value"]
    if key == "status":
        status = _STATUS.fullmatch(value)
        return ("status", status[1]) if status else None
    if not value.strip():
        return key, ""
    return (f"{key}_line", value) if key in ("needs", "tags") and _WORDS.fullmatch(value) else None


def _role(state: str, written: str) -> Role:
    return "depends" if state == "depends" else role_of(written.partition("~")[0])


def _forwarded(token: str, line: int, col: int) -> Item:
    """Return the item that only hands on: `arch --> dsn : req~name~1`."""
    kind, needs, covered = _FORWARD.fullmatch(token).groups()  # type: ignore[union-attr]
    covered_kind, covered_id, revision = taken_apart(covered)
    return Item(
        line,
        col,
        "requirement",
        kind + covered_id.removeprefix(covered_kind),
        kind,
        revision=revision,
        needs=tuple(re.split(r",\s*", needs)),
        attributes=("forwards=true",),
        links=(Link(line, col + token.rindex(covered), "covers", covered_id, revision),),
    )


def _dialect(path: bytes) -> str | None:
    lower = path.lower()
    if lower.endswith((b".md", b".markdown")):
        return "markdown"
    return "rst" if lower.endswith(b".rst") else None


def _import(dialect: str, content: bytes) -> Imported:
    text = text_with(CANDIDATE, content)
    if text is None:
        return NOTHING
    machine = _Machine(dialect)
    machine.read(text.text.split("\n"))
    return Imported(tuple(machine.items), text.problems if machine.items else ())


OPENFASTTRACE = Importer("openfasttrace", 1, "OpenFastTrace specification items", _dialect, _import)
