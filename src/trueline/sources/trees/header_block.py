"""Read the header block that many teams write under the title: `**Status:** Canonical`, `- Owner: …`.

It begins at the top or right under the first heading and ends at the next heading, thematic
break, code block or ordinary paragraph. Paragraphs, lists, quotes and two-column tables of
fields all count; a sentence that happens to have a colon does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdown_it.token import Token

from .header import HeaderField, field_name
from .markdown import Inline, Reading
from .word_lists import word_list

MAX_FIELDS = 60
_LONGEST_VALUE = 200
_LONGEST_PLAIN_VALUE = 80
"""Of a name in plain letters that is not well known: longer ones are sentences."""

_FIELD = re.compile(
    r"\s*(?P<open>[*_`]{0,3})(?P<name>[^\W\d_][^\n:：*_`|<>\[\]]{0,40}?)\s*"
    r"(?:(?P<bold>[*_`]{1,3})\s*[:：]|[:：]\s*(?P<inner>[*_`]{1,3})(?=\s|$)|[:：](?=\s|$))[ \t]*(?P<value>.*)"
)
_WHOLE_BOLD = re.compile(r"\s*(\*\*|__)(?P<inner>[^*_]+[:：][^*_]+)\1\s*$")
_NEXT_ON_LINE = re.compile(r"\s*[|·•]\s*(?=(?:\*\*|__)[^*_\n]{1,40}[:：*_])")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])?")
_MARKUP = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?P=ticks)(?!`)"
    r"|(?<![^\s(\[\"'])(?P<marks>\*{1,3}|_{1,3})(?=[\w\"'(\[])(?P<stressed>[^*\n]*?[^\s*_])(?P=marks)(?![\w*])"
    r"|<br\s*/?>|\\$",
    re.IGNORECASE,
)
"""Markup in pairs: a lone star is part of a pattern such as `docs/**`."""
_ENDS = frozenset({"heading_open", "hr", "fence", "code_block"})


@dataclass
class _Candidate:
    line: int
    col: int
    name: str
    value: str
    is_marked: bool
    """Set off from a sentence by bold letters, a list item or a table."""

    @property
    def is_well_known(self) -> bool:
        return self.name in word_list("header_fields.txt")

    @property
    def is_plausible(self) -> bool:
        if not self.name or self.name in word_list("not_header_fields.txt"):
            return False
        if self.is_well_known:
            return len(self.value) <= (2 * _LONGEST_VALUE if self.is_marked else _LONGEST_VALUE)
        if self.is_marked:
            return len(self.value) <= _LONGEST_VALUE
        return 0 < len(self.value) <= _LONGEST_PLAIN_VALUE and not self.value.endswith((".", "!", "?", ":", "…"))


def read_header_block(reading: Reading, inlines: Sequence[Inline]) -> list[HeaderField]:
    """Return the fields of the header block: two or more, or one of a well-known name; else none."""
    found: list[_Candidate] = []
    by_line = _end_of_header(reading.tokens)
    under_title = [inline for inline in inlines if inline.line <= by_line and inline.container != "heading"]
    for _, block in groupby(under_title, key=lambda inline: inline.line if inline.container != "cell" else 0):
        candidates = _of_block(list(block), inside=any(one.is_well_known for one in found))
        if not candidates or len(found) >= MAX_FIELDS:
            break
        found.extend(candidates)
    if not any(candidate.value for candidate in found):
        return []  # a form to fill in
    if len(found) < 2 and not found[0].is_well_known:
        return []
    return [HeaderField(one.line, one.col, one.name, one.value, "header_block") for one in found]


def _end_of_header(tokens: Sequence[Token]) -> int:
    """Return the last line that a header block can reach, 1-based."""
    has_title = False
    # A comment above the title is for machines.
    top = next((token for token in tokens if token.type != "html_block"), None)
    for token in tokens:
        if token.type not in _ENDS or token.map is None:
            continue
        is_title = token.type == "heading_open" and not has_title and token is top
        if not is_title:
            return token.map[0]
        has_title = True
    return len(tokens) and max(token.map[1] for token in tokens if token.map)


def _of_block(block: Sequence[Inline], inside: bool) -> list[_Candidate]:
    """Return the fields of a block; an item among those of a header may be long, as a note on its status is."""
    if block[0].container == "cell":
        return _of_table(block)
    candidates: list[_Candidate] = []
    for inline in block:
        for offset, text in _pieces(inline.content):
            candidate = _candidate(inline, offset, text)
            if candidate:
                candidates.append(candidate)
            elif candidates and text.strip():
                candidates[-1].value = f"{candidates[-1].value} {_value(text)}".strip()
            elif text.strip():
                return []
    is_note = inside and block[0].container == "item" and len(candidates) == 1 and bool(candidates[0].name)
    return candidates if is_note or all(candidate.is_plausible for candidate in candidates) else []


def _pieces(content: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in content.split("\n"):
        begin = 0
        for gap in _NEXT_ON_LINE.finditer(line):
            yield offset + begin, line[begin : gap.start()]
            begin = gap.end()
        yield offset + begin, line[begin:]
        offset += len(line) + 1


def _candidate(inline: Inline, offset: int, text: str) -> _Candidate | None:
    whole = _WHOLE_BOLD.match(text)
    match = _FIELD.match(text, whole.start("inner")) if whole else _FIELD.match(text)
    if not match:
        return None
    line, col = inline.place(offset + match.start("name"))
    is_marked = bool(whole or match["bold"] or match["inner"]) or inline.container == "item"
    still_open = whole[1] if whole else "" if match["bold"] or match["inner"] else match["open"]
    value = match["value"].replace(still_open, "", 1) if still_open else match["value"]
    return _Candidate(line, col, field_name(match["name"]), _value(value), is_marked)


def _of_table(cells: Sequence[Inline]) -> list[_Candidate]:
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.line)]
    if any(len(row) != 2 for row in rows):
        return []
    found: list[_Candidate] = []
    for name, value in rows:
        line, col = name.place(0)
        found.append(_Candidate(line, col, field_name(name.text().rstrip(":：")), value.text().strip(), True))
    if found and not found[0].is_well_known:
        del found[0]
    is_header = any(candidate.is_well_known for candidate in found)
    return found if is_header and all(candidate.is_plausible for candidate in found) else []


def _value(text: str) -> str:
    """Return the text that a reader sees of a value."""
    return _MARKUP.sub(lambda found: found["code"] or found["stressed"] or "", _LINK.sub(r"\1", text.strip())).strip()
