"""Find the terms that a document names in double brackets, such as `[[berth]]`; code is left out.

Whether anything defines the term is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .markdown import Inline

_TERM = re.compile(r"(?<![\[!])\[\[([^\[\]\n|#]{1,80})(?:[|#][^\[\]\n]{0,120})?\]\](?![(\]])")
"""Not `![[…]]`, which embeds a file, and not `[[…]](…)`, which is a link whose text has brackets."""


class TermLink(NamedTuple):
    """One term with its place."""

    line: int
    col: int
    term: str


def term_links(inlines: Sequence[Inline]) -> Iterator[TermLink]:
    """Yield the terms in the order of the document."""
    for inline in inlines:
        if "[[" not in inline.content:
            continue
        for match in _TERM.finditer(_without_code(inline)):
            yield TermLink(*inline.place(match.start()), match[1].strip())


def _without_code(inline: Inline) -> str:
    """Return the text with everything blank that is code, a link or HTML."""
    masked = list(inline.content)
    for token in inline.children:
        if "span" in token.meta:
            start, end = token.meta["span"]
            masked[start:end] = " " * (end - start)
    return "".join(masked)
