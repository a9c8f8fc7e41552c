"""Find out quickly whether a content can hold anything, and turn it into text only then.

One search over the bytes decides, so a file without candidates costs no more than `git grep`.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from trueline.sources.trees.decoding import decode

from .importer import ImportProblem

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True)
class Text:
    """A content as text, with places in it."""

    text: str
    """With line feeds only."""
    problems: tuple[ImportProblem, ...] = ()
    _starts: list[int] = field(default_factory=list, repr=False)

    def place(self, position: int) -> tuple[int, int]:
        """Return line and column of a position, both 1-based."""
        if not self._starts:
            self._starts.append(0)
            self._starts.extend(found.end() for found in re.finditer("\n", self.text))
        line = bisect_right(self._starts, position)
        return line, position - self._starts[line - 1] + 1


def text_with(candidate: re.Pattern[bytes], content: bytes) -> Text | None:
    """Return the text of a content in which the bytes of a candidate occur; None where they do not.

    Content in UTF-16 or UTF-32 is always decoded. What could not be read whole is a problem of the text.
    """
    if not content.startswith(_WIDE) and candidate.search(content) is None:
        return None
    text, problem = decode(content)
    return Text(text, (ImportProblem(0, 0, problem, _mending(problem)),) if problem else ())


def _mending(problem: str) -> str:
    if "binary" in problem:
        return "Keep what cites requirements in text files"
    return "Split it" if "too long" in problem else "Save it as UTF-8"
