"""The lines of a Markdown text that state something: not its front matter, fences, or comments.

A quick look line by line; who needs the whole of Markdown has `trees.markdown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .importer import ImportProblem

_FENCE = re.compile(r"[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})")
_KEY = re.compile(r"[\"']?[A-Za-z_][\w .-]{0,60}[\"']?[ \t]*:(?:\s|$)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")

UNCLOSED = ImportProblem(1, 1, "front matter opened on line 1 is never closed", "Close it with a line that is only ---")


@dataclass(frozen=True)
class Line:
    """One line that states something."""

    number: int
    """1-based."""
    text: str
    level: int = 0
    """Of a heading, 1 to 6; 0 for any other line."""
    heading: str = ""
    """Text of the heading, without its marks."""

    def col(self, part: str) -> int:
        """Return the 1-based column at which a part of the line begins; 1 where it is no part."""
        return max(self.text.find(part), 0) + 1


def stated_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text that is Markdown, blank ones too; what is hidden leaves no line."""
    lines = text.split("\n")
    fence = ""
    is_comment = False
    for number, line in enumerate(lines[front_matter_end(lines) :], front_matter_end(lines) + 1):
        if fence:
            fence = "" if _closes(line, fence) else fence
            continue
        shown, is_comment = _without_comments(line, is_comment)
        opened = _FENCE.match(shown) if "```" in shown or "~~~" in shown else None
        if opened:
            fence = opened[1]
            continue
        heading = _HEADING.fullmatch(shown) if "#" in shown[:4] else None
        yield Line(number, shown, len(heading[1]), heading[2].strip()) if heading else Line(number, shown)


def front_matter_end(lines: list[str]) -> int:
    """Return how many lines front matter takes up at the beginning; 0 where it is none, or is never closed."""
    if lines[0].rstrip() != "---" or not _has_key(lines):
        return 0
    return next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), 0)


def is_front_matter_open(text: str) -> bool:
    """Return True where front matter begins on line 1 and nothing closes it."""
    if not text.startswith("---"):
        return False
    lines = text.split("\n")
    return lines[0].rstrip() == "---" and _has_key(lines) and not front_matter_end(lines)


def _has_key(lines: list[str]) -> bool:
    first = next((line for line in lines[1:20] if line.strip() and not line.startswith("#")), "")
    return _KEY.match(first) is not None


def _closes(line: str, fence: str) -> bool:
    bare = line.strip(" \t>")
    return len(bare) >= len(fence) and not bare.strip(fence[0])


def _without_comments(line: str, is_comment: bool) -> tuple[str, bool]:
    """Return a line with its comments blanked, and whether one goes on."""
    if not is_comment and "<!--" not in line:
        return line, False
    shown, position = [], 0
    while position < len(line):
        mark = "-->" if is_comment else "<!--"
        found = line.find(mark, position)
        end = len(line) if found < 0 else found + (3 if is_comment else 0)
        shown.append(" " * (end - position) if is_comment else line[position:end])
        if found < 0:
            break
        is_comment, position = not is_comment, end
    return "".join(shown), is_comment
