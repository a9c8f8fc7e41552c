"""Find the paragraphs and list items of a document, each with the heading above it and the term it defines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .markdown import Inline, plain_text

MAX_CHARACTERS = 2_000


@dataclass(frozen=True)
class Passage:
    """One paragraph or list item."""

    line: int
    col: int
    end_line: int
    kind: str
    section_line: int | None
    lead: str | None
    text: str


def passages(inlines: Sequence[Inline], heading_lines: Sequence[int]) -> Iterator[Passage]:
    """Yield the passages in order; `heading_lines` are those of all headings, ascending."""
    for inline in inlines:
        text = inline.text().strip() if inline.container in ("paragraph", "item") else ""
        if not text:
            continue
        line, col = inline.place(0)
        above = bisect_right(heading_lines, line)
        end_line = line + inline.content.count("\n")
        section_line = heading_lines[above - 1] if above else None
        yield Passage(line, col, end_line, inline.container, section_line, _lead(inline), text[:MAX_CHARACTERS])


def _lead(inline: Inline) -> str | None:
    """Return the bold words that a passage begins with; an empty run of text may stand before them."""
    children = [token for token in inline.children if token.type != "text" or token.content.strip()]
    if not children or children[0].type != "strong_open":
        return None
    end = next((place for place, token in enumerate(children) if token.type == "strong_close"), len(children))
    return plain_text(children[1:end]).strip().rstrip(":").strip() or None
