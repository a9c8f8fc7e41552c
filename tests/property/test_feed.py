"""What must hold for every feed, however odd its file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from trueline.model.errors import BadInput, Problem
from trueline.model.feed_tables import SOURCE
from trueline.model.table import Column, Table
from trueline.sources.collectors.feed import Content, Feed, csv_content, jsonl_content
from trueline.sources.collectors.feed.content import Entry
from trueline.sources.collectors.feed.fit import MOST_PROBLEMS, fit

TABLE = Table(
    name="visits",
    title="Visits",
    key=("source", "visit_id"),
    origin="evidence",
    columns=(
        SOURCE,
        Column("visit_id", "varchar", "Id.", required=True),
        Column("came_at", "timestamptz", "When.", required=True),
        Column("paid", "decimal(18,2)", "How much."),
        Column("note", "varchar", "Whatever."),
    ),
)
FEED = Feed("quay", TABLE)
NAMES = ("visit_id", "came_at", "paid", "note")

written = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=12)
texts = written.filter(lambda text: bool(text.strip()))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=offsets)  # noqa: DTZ001 zones are drawn
money = st.decimals(-(10**12), 10**12, places=2)
visits = st.lists(
    st.tuples(texts, instants, st.none() | money, st.none() | texts), max_size=6, unique_by=lambda row: row[0]
)


def wanted(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [("feed/quay", visit, at.astimezone(UTC), paid, note) for visit, at, paid, note in rows]


def as_csv(rows: list[tuple[Any, ...]], end: str = "\r\n") -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=end, quoting=csv.QUOTE_ALL)  # a lone \r would stay unquoted
    writer.writerow(NAMES)
    writer.writerows([["" if value is None else _written(value) for value in row] for row in rows])
    return file.getvalue()


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


@given(visits, st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_as_csv_is_read_back_exactly(rows: list[tuple[Any, ...]], end: str) -> None:
    fitted = fit(FEED, csv_content("x.csv", as_csv(rows, end).encode()))

    assert list(fitted.rows) == wanted(rows)


@given(visits, st.booleans())
def test_what_is_written_as_json_lines_is_read_back_exactly(rows: list[tuple[Any, ...]], ascii_only: bool) -> None:
    lines = []
    for row in rows:
        fields = {name: _written(value) for name, value in zip(NAMES, row, strict=True) if value is not None}
        number = str(row[2]) if row[2] is not None else "null"
        line = json.dumps({**fields, "paid": "PAID"}, ensure_ascii=ascii_only).replace('"PAID"', number)
        lines.append(line if "PAID" not in row[0] + (row[3] or "") else json.dumps(fields))

    fitted = fit(FEED, jsonl_content("x.jsonl", "\n".join(lines).encode()))

    assert list(fitted.rows) == wanted(rows)
    assert all(isinstance(row[3], Decimal | None) for row in fitted.rows)


@given(visits)
def test_the_place_of_every_csv_field_is_where_its_text_begins(rows: list[tuple[Any, ...]]) -> None:
    text = as_csv(rows)
    lines = io.StringIO(text, newline="\n").readlines()

    for entry in csv_content("x.csv", text.encode()).entries:
        assert isinstance(entry, Entry)
        for name, value in entry.fields.items():
            line, col = entry.place(name)
            rest = "".join(lines[line - 1 :])[col - 1 :]
            assert next(csv.reader(io.StringIO(rest, newline="\n")))[0] == value


@given(st.binary(max_size=200), st.sampled_from([csv_content, jsonl_content]))
def test_any_bytes_are_rows_or_problems_and_nothing_else(content: bytes, read: Any) -> None:
    _rows_or_problems(read("x", content))


@given(
    st.lists(
        st.sampled_from([*NAMES, "x", '"', ",", "\n", "\r", "{", "}", ":", "1", "\\", "2026-01-01T00:00:00Z"])
    ).map("".join),
    st.sampled_from([csv_content, jsonl_content]),
)
def test_broken_files_are_rows_or_problems_and_nothing_else(text: str, read: Any) -> None:
    _rows_or_problems(read("x", ",".join(NAMES).encode() + b"\n" + text.encode()))
    _rows_or_problems(read("x", text.encode()))


def _rows_or_problems(content: Content) -> None:
    rows: tuple[Any, ...] = ()
    problems: Sequence[Problem] = ()
    try:
        rows = fit(FEED, content).rows
    except BadInput as error:
        problems = error.problems
    assert len(problems) <= MOST_PROBLEMS + 1
    assert all(problem.message and problem.line >= 0 for problem in problems)
    assert all(len(row) == len(TABLE.columns) for row in rows)
