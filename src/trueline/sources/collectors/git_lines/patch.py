"""Read a patch with one line of context: which ranges of lines differ, per pair.

One line of context, not none: without any, git first cuts off the end that both contents share
and may then match other lines than it counts. A range ends where a line stayed the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .pair import Difference, Hunk

_PAIR = re.compile(rb"diff --git a/(\d+) ")
_RANGES = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")

_LINE_KEPT = 256
"""Of a line that is cut off, only the beginning matters."""


def read_patch(chunks: Iterable[bytes]) -> Iterator[tuple[int, Difference]]:
    """Yield number and difference of each pair; pairs are files that are named by their number."""
    number, reading = -1, _Reading()
    for line in _lines(chunks):
        # Lines of contents begin with a space, plus, minus or backslash.
        if (named := _PAIR.match(line)) is not None:
            if number >= 0:
                yield number, reading.difference()
            number, reading = int(named[1]), _Reading()
        else:
            reading.take(line)
    if number >= 0:
        yield number, reading.difference()


class _Reading:
    """What is known of one pair so far."""

    def __init__(self) -> None:
        self._hunks: list[Hunk] = []
        self._is_binary = False
        self._in_hunk = False
        self._old_line = self._new_line = 1
        """Where the range being read begins."""
        self._deleted = self._added = 0

    def take(self, line: bytes) -> None:
        """Take the next line of the patch."""
        kind = line[:1]
        if kind == b"@":
            self._end_range()
            old_start, old_count, new_start, new_count = _RANGES.match(line).groups()  # type: ignore[union-attr]
            # An empty side is said to begin before its first line.
            self._old_line = int(old_start) + (old_count == b"0")
            self._new_line = int(new_start) + (new_count == b"0")
            self._in_hunk = True
        elif not self._in_hunk:
            self._is_binary |= line.startswith(b"Binary files ")
        elif kind == b"-":
            self._deleted += 1
        elif kind == b"+":
            self._added += 1
        elif kind == b" ":
            self._end_range()
            self._old_line += 1
            self._new_line += 1

    def difference(self) -> Difference:
        """Return how the pair differs, now that all its lines are read."""
        self._end_range()
        if self._is_binary:
            return Difference(None, None, True, ())
        added, deleted = sum(h.new_count for h in self._hunks), sum(h.old_count for h in self._hunks)
        return Difference(added, deleted, False, tuple(self._hunks))

    def _end_range(self) -> None:
        if not (self._deleted or self._added):
            return
        old_start = self._old_line if self._deleted else self._old_line - 1
        new_start = self._new_line if self._added else self._new_line - 1
        self._hunks.append(Hunk(old_start, self._deleted, new_start, self._added))
        self._old_line += self._deleted
        self._new_line += self._added
        self._deleted = self._added = 0


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
        rest = rest[:_LINE_KEPT]
