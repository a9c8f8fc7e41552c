"""Find the rows of Markdown tables that have more or fewer cells than their head.

A reader pads short rows and drops what is too much; where the head itself does not fit the line below it,
no reader shows a table at all. Only counted here: what a cell means is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .markdown import Inline, Reading, row_cells

_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*|\s*\|\s*:?-+:?\s*\|\s*")


class RaggedRow(NamedTuple):
    """One row whose cells are not as many as those of its head."""

    line: int
    table_line: int
    """Of the head."""
    cells: int
    head_cells: int
    is_read: bool
    """False where the whole table is text, because its head does not fit the line below it."""


def ragged_rows(reading: Reading, inlines: Sequence[Inline]) -> list[RaggedRow]:
    """Return the uneven rows in the order of the document."""
    return sorted((*_in_tables(reading), *_in_text(inlines)))


def _in_tables(reading: Reading) -> Iterator[RaggedRow]:
    head = table_line = 0
    for token in reading.tokens:
        if token.type == "table_open":
            table_line = 0
        if token.type != "tr_open" or token.map is None:
            continue
        line = token.map[0]
        row = row_cells(reading.lines[line], reading.starts.get(line, 0))
        if not table_line:
            head, table_line = len(row), line + 1
        # Of a row without a word nothing can be lost.
        elif len(row) != head and any(text for _, text in row):
            yield RaggedRow(line + 1, table_line, len(row), head, is_read=True)


def _in_text(inlines: Sequence[Inline]) -> Iterator[RaggedRow]:
    """Yield the lines of dashes below a head that has another number of cells."""
    for inline in inlines:
        if inline.container == "cell" or "|" not in inline.content:
            continue
        for number, (above, below) in enumerate(pairwise(inline.content.split("\n")), inline.line + 1):
            if above.strip().startswith("|") and below.strip().startswith("|") and _DELIMITER.fullmatch(below):
                cells, head = len(row_cells(below, 0)), len(row_cells(above, 0))
                if cells != head:
                    yield RaggedRow(number, number - 1, cells, head, is_read=False)
