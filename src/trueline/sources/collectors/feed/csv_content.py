"""Read CSV strictly: RFC 4180 with commas, a header, and quotes that close.

Line numbers are those of the file, also after fields that hold line breaks.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from trueline.model.errors import Problem
from trueline.settings.suggestion import shown

from .content import Content, Entry, Place, decoded

_FIELD = re.compile(r'"(?:[^"]|"")*+"|[^,\r\n]*')


def csv_content(path: str, content: bytes) -> Content:
    """Return the rows of a CSV file."""
    text, problems = decoded(path, content)
    if problems:
        return Content(path, {}, iter(()), problems=problems)
    lines = _Lines(text)
    records = _records(path, lines)
    first = next(records, None)
    if isinstance(first, Problem):
        return Content(path, {}, iter(()), problems=(first,))
    if first is None:
        missing = Problem(path, 1, 1, "has no header line", "Without one, no rows cannot be told from a failed export.")
        return Content(path, {}, iter(()), problems=(missing,))
    line, names, record = first
    places = [_place(record, line, position) for position in range(len(names))]
    problems = tuple(_header_problems(path, names, places))
    entries = _entries(path, names, records)
    return Content(path, dict(zip(names, places, strict=True)), entries, problems=problems)


class _Lines:
    """Lines of a text as they are handed to the parser; remembers those of the current record."""

    def __init__(self, text: str) -> None:
        # A carriage return ends a line only where all lines end so; elsewhere the parser refuses it outside quotes.
        self._lines = io.StringIO(text, newline="\n" if "\n" in text else "")
        self.number = 0
        self.record: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.record.append(line)
        return line


def _records(path: str, lines: _Lines) -> Iterator[tuple[int, list[str], Sequence[str]] | Problem]:
    """Yield line, fields and the lines they were read from; blank lines hold nothing."""
    reader = csv.reader(lines, strict=True)
    while True:
        lines.record = []
        line = lines.number + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = str(error)
            if what == "unexpected end of data":
                yield Problem(path, line, 0, "a quote opens in this row and never closes", "Close it.")
            elif what.startswith("field larger"):
                limit = f"{csv.field_size_limit():,} characters"
                fix = "Close its quote, or shorten it; what comes after it was not read."
                yield Problem(path, line, 0, f"a field of this row is longer than {limit}", fix)
                return
            elif what.startswith("new-line character"):
                yield Problem(
                    path, lines.number, 0, "a carriage return stands alone outside quotes", "Quote its field."
                )
            else:
                fix = "Write a quote inside quotes twice."
                yield Problem(path, lines.number, 0, f"is not CSV: {what}", fix)
            continue
        if fields:
            yield line, fields, lines.record


def _header_problems(path: str, names: Sequence[str], places: Sequence[Place]) -> Iterator[Problem]:
    for name, place in zip(names, places, strict=True):
        if not name.strip():
            yield Problem(path, *place, "a column has no name", "Name it in the first line.")
    seen = dict(zip(reversed(names), reversed(places), strict=True))
    for name, count in Counter(names).items():
        if count > 1 and name.strip():
            yield Problem(path, *seen[name], f"{count} columns are named {shown(name)}", "Give each its own name.")


def _entries(
    path: str, names: Sequence[str], records: Iterator[tuple[int, list[str], Sequence[str]] | Problem]
) -> Iterator[Entry | Problem]:
    positions = {name: position for position, name in enumerate(names)}
    for found in records:
        if isinstance(found, Problem):
            yield found
            continue
        line, fields, record = found
        if len(fields) != len(names):
            extra = len(names) if len(fields) > len(names) else 0
            place = _place(record, line, extra) if extra else (line, 1)
            yield Problem(path, *place, f"this row has {len(fields)} fields, the header {len(names)}")
            continue
        yield Entry(line, dict(zip(names, fields, strict=True)), partial(_place_of, record, line, positions))


def _place_of(record: Sequence[str], line: int, positions: dict[str, int], name: str) -> Place:
    return _place(record, line, positions[name])


def _place(record: Sequence[str], line: int, position: int) -> Place:
    """Return where a field begins, by its position in the row."""
    text = "".join(record)
    start = 0
    for _ in range(position):
        match = _FIELD.match(text, start)
        assert match is not None  # the pattern matches nothing at all, too
        start = match.end() + 1
    for number, part in enumerate(record):
        if start < len(part) or number == len(record) - 1:
            return line + number, start + 1
        start -= len(part)
    return line, 1
