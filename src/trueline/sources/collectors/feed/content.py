"""What a feed's file holds, before anybody asks whether it fits a table.

Readers of different formats agree on this; none of them knows a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from trueline.model.errors import Problem

Place = tuple[int, int]
"""Line and column, 1-based; row and field where the format has no lines."""

UNPLACED: Place = (0, 0)
"""Of columns that are named outside of any line."""


@dataclass(frozen=True)
class Entry:
    """One row as the file has it."""

    line: int
    """Where it begins."""
    fields: Mapping[str, object]
    """Text for CSV, otherwise whatever type the format has."""
    place: Callable[[str], Place]
    """Where the value of a field begins; asked only for fields that are there."""


@dataclass(frozen=True)
class Content:
    """The rows of one file."""

    path: str
    """As the user would name it."""
    header: Mapping[str, Place] | None
    """Columns that every row has; None where each row names its own."""
    entries: Iterator[Entry | Problem]
    """In order; a problem stands where a row could not be read."""
    line_word: str = "line"
    """What the format calls a line."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file as a whole or with its header; where there are any, entries may mean nothing."""


def decoded(path: str, content: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file without its byte order mark, and why it is none.

    A byte that is no UTF-8 stays as a surrogate, so that whoever reads the value can say where it is.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", (Problem(path, 1, 1, "is encoded as UTF-16", "Save it as UTF-8."),)
    return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape"), ()
