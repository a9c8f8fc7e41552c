"""Cut a document into sections, and give each the anchors by which a link reaches it.

The slug is GitHub's: lower case, letters, marks, digits, `_` and `-` kept, spaces to hyphens,
`-1`, `-2` … for repetitions. HTML headings count too.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from .markdown import Inline, Reading, plain_text

_HTML_HEADING = re.compile(r"<h([1-6])(?:\s[^<>]{0,500})?>((?:(?!</?h[1-6]).){0,1000}?)</h\1\s*>", re.I | re.S)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_NAMED = re.compile(r"<[a-z][a-z0-9]*\s[^<>]{0,500}?\b(?:name|id)\s*=\s*([\"']?)([^\"'\s<>]{1,200})\1", re.I)
_EXPLICIT = re.compile(r"\s*\{#([^\s{}]{1,200})\}\s*$")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_NEAR_LINES = 10
_KEPT = frozenset({"Mn", "Mc", "Me", "Nd", "Nl", "Pc"})


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    line: int
    end_line: int
    level: int
    heading: str
    anchor: str
    words: int = 0
    other_anchors: tuple[str, ...] = ()


@dataclass
class _Heading:
    line: int
    level: int
    text: str
    slug_text: str
    explicit: list[str] = field(default_factory=list)


def slug(text: str) -> str:
    """Return GitHub's anchor of a heading, before it is made unique."""
    kept = (
        character
        for character in text.strip().lower()
        if character in " -" or character.isalpha() or unicodedata.category(character) in _KEPT
    )
    return "".join(kept).replace(" ", "-")


def sections(reading: Reading, inlines: Sequence[Inline]) -> list[Section]:
    """Return the sections of a document in order.

    `{#x}` at the end of a heading and `id` or `name` of any HTML element are further anchors:
    of the heading they stand in, of the next one where only blank lines lie between, else of the
    section that contains them; those above the first heading belong to that one.
    """
    headings = _one_a_line([*_markdown_headings(inlines), *_html_headings(reading)])
    _give_anchors(headings, reading)
    words = _words_by_heading(headings, inlines)
    ends = _ends(headings, len(reading.lines) - (not reading.lines[-1]))
    found: list[Section] = []
    used: dict[str, int] = {}
    for heading, end, count in zip(headings, ends, words, strict=True):
        section = Section(heading.line, end, heading.level, heading.text, _unique(slug(heading.slug_text), used), count)
        found.append(replace(section, other_anchors=tuple(dict.fromkeys(heading.explicit))))
    return found


def count_words(inlines: Iterable[Inline]) -> int:
    """Return the words of prose, headings and code left out."""
    return sum(_words(inline) for inline in inlines if inline.container != "heading")


def without_comments(text: str) -> str:
    """Return HTML with each comment blanked, so that every other place stays where it was."""
    return _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)


def _markdown_headings(inlines: Sequence[Inline]) -> Iterator[_Heading]:
    for inline in inlines:
        if inline.container != "heading":
            continue
        text, bare = inline.text(), plain_text(inline.children, with_images=False)
        explicit = _EXPLICIT.search(text)
        yield _Heading(
            inline.line,
            inline.level,
            _EXPLICIT.sub("", text).strip(),
            _EXPLICIT.sub("", bare),
            [explicit[1]] if explicit else [],
        )


def _html_headings(reading: Reading) -> Iterator[_Heading]:
    for token in reading.tokens:
        if token.type != "html_block" or token.map is None:
            continue
        content = without_comments(token.content)
        for match in _HTML_HEADING.finditer(content):
            text = " ".join(html.unescape(_TAG.sub("", match[2])).split())
            line = token.map[0] + 1 + content.count("\n", 0, match.start())
            yield _Heading(line, int(match[1]), text, text)


def _one_a_line(headings: Iterable[_Heading]) -> list[_Heading]:
    """Return the headings in order; a second one on a line is a further anchor of the first."""
    kept: list[_Heading] = []
    for heading in sorted(headings, key=lambda heading: heading.line):
        if kept and kept[-1].line == heading.line:
            kept[-1].explicit.append(slug(heading.slug_text))
        else:
            kept.append(heading)
    return kept


def _give_anchors(headings: Sequence[_Heading], reading: Reading) -> None:
    if not headings:
        return
    lines = [heading.line for heading in headings]
    for line, name in _named_elements(reading):
        before = bisect_right(lines, line)
        following = bisect_left(lines, line)
        is_above = following < len(lines) and _is_just_above(reading, line, lines[following])
        owner = following if is_above or not before else before - 1
        headings[owner].explicit.append(name)


def _is_just_above(reading: Reading, line: int, heading_line: int) -> bool:
    """Return True where nothing to read lies between the start of an element and a heading."""
    between = reading.lines[line - 1 : min(heading_line - 1, line + _NEAR_LINES)]
    return heading_line - line <= _NEAR_LINES and not any(_TAG.sub("", text).strip() for text in between)


def _named_elements(reading: Reading) -> Iterator[tuple[int, str]]:
    for token in reading.tokens:
        if token.map is None:
            continue
        if token.type == "html_block":
            content = without_comments(token.content)
        elif token.type == "inline" and any(child.type == "html_inline" for child in token.children or []):
            content = _only_html(
                token.content,
                [
                    child.meta["span"]
                    for child in token.children or []
                    if child.type == "html_inline" and "span" in child.meta
                ],
            )
        else:
            continue
        for match in _NAMED.finditer(content):
            yield token.map[0] + 1 + content.count("\n", 0, match.start()), html.unescape(match[2])


def _only_html(content: str, spans: Iterable[tuple[int, int]]) -> str:
    kept = [character if character == "\n" else " " for character in content]
    for start, end in spans:
        kept[start:end] = content[start:end]
    return without_comments("".join(kept))


def _words_by_heading(headings: Sequence[_Heading], inlines: Sequence[Inline]) -> list[int]:
    words = [0] * len(headings)
    current = -1
    for inline in inlines:
        while current + 1 < len(headings) and headings[current + 1].line <= inline.line:
            current += 1
        if current >= 0 and inline.container != "heading":
            words[current] += _words(inline)
    return words


def _words(inline: Inline) -> int:
    return sum(len(_WORD.findall(child.content)) for child in inline.children if child.type == "text")


def _ends(headings: Sequence[_Heading], last_line: int) -> list[int]:
    ends = [last_line] * len(headings)
    open_headings: list[int] = []
    for index, heading in enumerate(headings):
        while open_headings and headings[open_headings[-1]].level >= heading.level:
            ends[open_headings.pop()] = heading.line - 1
        open_headings.append(index)
    return ends


def _unique(anchor: str, used: dict[str, int]) -> str:
    unique = anchor
    while unique in used:
        used[anchor] += 1
        unique = f"{anchor}-{used[anchor]}"
    used[unique] = 0
    return unique
