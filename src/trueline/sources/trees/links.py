"""Find the links and images of a document, in Markdown and in HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import unquote

from markdown_it.token import Token

from .markdown import Inline, Reading, plain_text
from .planned import is_planned
from .sections import without_comments

_HTML_TARGET = re.compile(
    r"<(?:(?P<a>a)|img)\s(?:[^<>\"']{0,500}?\s)??(?:[^<>]{0,1000}?\s)??(?:href|src)\s*=\s*"
    r"(?:\"(?P<double>[^\"]{0,4000})\"|'(?P<single>[^']{0,4000})'|(?P<bare>[^\s\"'<>]{1,4000}))"
    r"(?:[^<>]{0,1000}>(?P<text>[^<]{0,1000}))?",
    re.I,
)
_KEPT_ENCODED = re.compile(r"%(?=23|3[fF])")


@dataclass(frozen=True)
class Link:
    """One link or image as written."""

    line: int
    col: int
    kind: Literal["link", "image"]
    target: str
    text: str | None
    is_planned: bool


def links(reading: Reading, inlines: Sequence[Inline]) -> list[Link]:
    """Return the links and images in the order of the document, external ones too."""
    found = [*_html_block_links(reading)]
    for inline in inlines:
        found.extend(_inline_links(inline))
    return sorted(found, key=lambda link: (link.line, link.col))


def decoded(target: str) -> str:
    """Return a target percent-decoded, but for `%23` and `%3F`, which would move the end of its path."""
    return unquote(_KEPT_ENCODED.sub("%25", target))


def _inline_links(inline: Inline) -> Iterator[Link]:
    for index, token in enumerate(inline.children):
        if "span" not in token.meta:
            continue
        start, end = token.meta["span"]
        line, col = inline.place(start)
        planned = inline.is_planned(line)
        if token.type == "link_open":
            text = plain_text(_until_close(inline.children, index))
            yield Link(line, col, "link", decoded(str(token.attrs["href"])), text, planned)
        elif token.type == "image":
            text = plain_text(token.children or [])
            yield Link(line, col, "image", decoded(str(token.attrs["src"])), text, planned)
        elif token.type == "html_inline":
            yield from _html_links(inline, start, end)


def _html_links(inline: Inline, start: int, end: int) -> Iterator[Link]:
    if inline.content.startswith("<!--", start):
        return
    match = _HTML_TARGET.match(inline.content, start)
    if match and match.end("double") <= end:
        line, col = inline.place(start)
        yield _html_link(match, line, col, inline.is_planned(line))


def _html_block_links(reading: Reading) -> Iterator[Link]:
    planned = cache(lambda line: is_planned(reading.lines[line]))
    for token in reading.tokens:
        if token.type != "html_block" or token.map is None:
            continue
        content = without_comments(token.content)
        for match in _HTML_TARGET.finditer(content):
            line = token.map[0] + content.count("\n", 0, match.start())
            before = content[content.rfind("\n", 0, match.start()) + 1 : match.start()].lstrip(" \t")
            col = reading.starts.get(line, 0) + len(before) + 1
            yield _html_link(match, line + 1, col, planned(line))


def _html_link(match: re.Match[str], line: int, col: int, planned: bool) -> Link:
    target = match["double"] or match["single"] or match["bare"] or ""
    text = " ".join(html.unescape(match["text"] or "").split()) or None
    kind: Literal["link", "image"] = "link" if match["a"] else "image"
    target = decoded(html.unescape(target).strip())
    return Link(line, col, kind, target, text if kind == "link" else None, planned)


def _until_close(children: Sequence[Token], start: int) -> list[Token]:
    depth = 0
    inside: list[Token] = []
    for token in children[start:]:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if depth == 0:
            break
        inside.append(token)
    return inside
