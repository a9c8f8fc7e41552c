"""Find where a Markdown text may state an id, and how far what it says reaches. What counts is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .plain_id import ID
from .prose import Line

_OPEN, _CLOSE = r"(?:\*\*|__|\*|_|`)*", r"(?:\*\*|__|\*|_|`)*"
_HEADING = re.compile(
    rf"{_OPEN}(?:\d+(?:\.\d+)*\.?\s+)?(?:Requirement\s+)?\[?{_OPEN}(?P<id>{ID}){_CLOSE}\]?(?!\()(?![\w/-]){_CLOSE}\s*[:.)–—-]*\s*(?P<title>.*)"
)
_LIST = re.compile(
    rf"(?P<indent>\s*)(?:[-*+]|\d{{1,9}}[.)])\s+(?:"
    rf"(?:\*\*|__)\[?`?(?P<bold>{ID})`?\]?\s*[:.]?\s*(?:(?:\*\*|__)|[:–—-]|\()"
    rf"|\[(?P<bracket>{ID})\](?![(\[])"
    rf"|`?(?P<plain>{ID})`?(?:\s*:|\s+[–—-]\s)"
    rf")\s*[:–—-]*\s*(?P<title>.*)"
)
_PARAGRAPH = re.compile(
    rf"\s{{0,3}}(?:(?:\*\*|__)\[?(?P<bold>{ID})\]?\s*[:.]?\s*(?:(?:\*\*|__)|[:–—-])|\[(?P<bracket>{ID})\](?![(\[:])|(?P<plain>{ID}):)"
    r"\s*[:–—-]*\s*(?P<title>.*)"
)
_ANCHOR = re.compile(rf"\{{#(?P<id>{ID})\}}|<a\s+(?:id|name)=[\"']?(?P<html>{ID})[\"']?\s*/?>")
_CODE = re.compile(r"`[^`]*`")
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELL_ID = re.compile(rf"{_OPEN}\[?(?P<id>{ID})\]?{_CLOSE}")
_ID_COLUMN = re.compile(
    r"(?:#|nr\.?|no\.?|key|ref(?:erence)?|identifier|.*\bid|req(?:uirement)?s?\.?(?:\s+(?:no\.?|nr\.?|#|key))?)", re.I
)
_PIPE = re.compile(r"(?<!\\)\|")
_WORDS = re.compile(r"\w+(?:\W+\w+){1,}")

_RANKS = {"anchor": 0, "heading": 0, "paragraph": 1, "list": 1, "row": 2}


@dataclass(frozen=True)
class Statement:
    """A place that may state an id."""

    place: int
    """Index of its line."""
    end: int
    """Index after its last line."""
    line: Line
    col: int
    item_id: str
    title: str
    form: str
    """anchor, heading, paragraph, list or row."""

    @property
    def rank(self) -> int:
        """Return how little it weighs: what has a heading is only mentioned by a row."""
        return _RANKS[self.form]

    def text(self, lines: Sequence[Line]) -> str:
        """Return what it says."""
        return "\n".join([self.title, *(line.text for line in lines[self.place + 1 : self.end])]).strip()


def statements(lines: Sequence[Line]) -> list[Statement]:
    """Return every place that may state an id, in order."""
    found = [one for one in (_at(lines, place) for place in range(len(lines))) if one]
    ended = []
    for one, following in zip(found, [*(later.place for later in found[1:]), len(lines)], strict=False):
        ended.append(
            Statement(one.place, _end(lines, one, following), one.line, one.col, one.item_id, one.title, one.form)
        )
    return ended


def ragged(lines: Sequence[Line], place: int) -> tuple[int, int] | None:
    """Return how many cells a row and its header have, where these are not as many."""
    header = _header(lines, place)
    mine, theirs = len(cells(lines[place].text)), len(cells(header or ""))
    return None if header is None or mine == theirs else (mine, theirs)


def cells(row: str) -> list[str]:
    """Return the cells of a row, trimmed."""
    parts = [part.strip() for part in _PIPE.split(row.strip())]
    if parts and not parts[0]:
        del parts[0]
    if parts and not parts[-1]:
        del parts[-1]
    return parts


def _at(lines: Sequence[Line], place: int) -> Statement | None:
    line = lines[place]
    if not ("-" in line.text or "_" in line.text):
        return None
    anchor = _ANCHOR.search(_CODE.sub(lambda code: " " * len(code[0]), line.text))
    if anchor:
        title = _ANCHOR.sub("", line.heading if line.level else line.text).strip(" #-*")
        name = "id" if anchor["id"] else "html"
        return Statement(place, 0, line, anchor.start(name) + 1, anchor[name], title, "anchor")
    if line.level:
        found = _HEADING.fullmatch(line.heading)
        return found and Statement(
            place, 0, line, line.col(found["id"]), found["id"], found["title"].strip("*_ "), "heading"
        )
    if "|" in line.text:
        return _row(lines, place)
    found = _LIST.fullmatch(line.text)
    if found is None and not _is_continued(lines, place):
        found = _PARAGRAPH.fullmatch(line.text)
    if found is None:
        return None
    name = next(name for name in ("bold", "bracket", "plain") if found[name])
    form = "list" if "indent" in found.groupdict() else "paragraph"
    return Statement(place, 0, line, found.start(name) + 1, found[name], found["title"].strip("* "), form)


def _is_continued(lines: Sequence[Line], place: int) -> bool:
    """Return True where a line goes on with a paragraph."""
    if not place or lines[place - 1].number != lines[place].number - 1:
        return False
    before = lines[place - 1]
    return bool(before.text.strip()) and not before.level and not _PARAGRAPH.fullmatch(before.text)


def _row(lines: Sequence[Line], place: int) -> Statement | None:
    parts = cells(lines[place].text)
    found = _CELL_ID.fullmatch(parts[0]) if len(parts) > 1 else None
    header = _header(lines, place) if found else None
    if found is None or header is None or not _ID_COLUMN.fullmatch((cells(header) or [""])[0].strip("*_` ")):
        return None
    if not any(_WORDS.search(part) for part in parts[1:]):
        return None
    line = lines[place]
    return Statement(place, 0, line, line.col(found["id"]), found["id"], " | ".join(parts[1:]), "row")


def _header(lines: Sequence[Line], place: int) -> str | None:
    """Return the header of the table that a row belongs to; None where it belongs to none."""
    top = place
    while top and lines[top - 1].number == lines[top].number - 1 and "|" in lines[top - 1].text:
        top -= 1
        if _RULE.fullmatch(lines[top].text):
            return lines[top - 1].text if top else None
    return None


def _end(lines: Sequence[Line], one: Statement, following: int) -> int:
    """Return the index after the last line that belongs to a statement."""
    if one.form == "row":
        return one.place + 1
    indent = len(one.line.text) - len(one.line.text.lstrip())
    is_blank = False
    for place in range(one.place + 1, following):
        line = lines[place]
        if line.level and (not one.line.level or line.level <= one.line.level):
            return place
        if one.line.level:
            continue
        inner = len(line.text) - len(line.text.lstrip())
        if line.text.strip() and inner <= indent and (is_blank or _BULLET.match(line.text) or "|" in line.text[:3]):
            return place
        if not line.text.strip():
            is_blank = True
            if not _BULLET.match(one.line.text):
                return place
    return following
