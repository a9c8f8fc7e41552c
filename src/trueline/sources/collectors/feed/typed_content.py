"""Take rows that come with types and without lines, such as those of Parquet: row and field stand for line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from .content import UNPLACED, Content, Entry, Place


def typed_content(path: str, names: Sequence[str], rows: Iterable[Sequence[object]]) -> Content:
    """Return rows as the content of a file; row 1 is the first."""
    positions = {name: position for position, name in enumerate(names, start=1)}
    entries = (
        Entry(number, dict(zip(names, row, strict=True)), partial(_place, number, positions))
        for number, row in enumerate(rows, start=1)
    )
    return Content(path, dict.fromkeys(names, UNPLACED), entries, line_word="row")


def _place(number: int, positions: Mapping[str, int], name: str) -> Place:
    return number, positions[name]
