"""Fit the rows of a file to the columns of a table: all of them, or a list of everything that is wrong.

Pure: the same content and the same feed always give the same rows or the same problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from trueline.model.errors import BadInput, Problem
from trueline.model.feed_tables import SOURCE
from trueline.model.table import Column, Row, Value
from trueline.settings.suggestion import did_you_mean, shown

from .content import Content, Entry
from .feed import Feed
from .values import Typing, Unfit, given_as

MOST_PROBLEMS = 50
"""Told of one file; how many more there are is told too."""


@dataclass(frozen=True)
class Fitted:
    """The rows of a feed, ready for its table."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def fit(feed: Feed, content: Content) -> Fitted:
    """Return all rows as the table wants them. Raises BadInput with every problem of the file."""
    fitting = _Fitting(feed, content)
    problems = [*content.problems, *_mapping_problems(feed), *fitting.header_problems()]
    rows, unfit = fitting.rows()
    problems += unfit
    problems += fitting.unseen_columns(len(rows) + len(unfit))
    if problems:
        raise BadInput(_at_most(problems))
    return Fitted(tuple(rows), tuple(_notes(feed, rows, fitting.typing.ambiguous)))


class _Fitting:
    def __init__(self, feed: Feed, content: Content) -> None:
        self.feed = feed
        self.content = content
        self.typing = Typing(feed.zone)
        self.taken = [(column, feed.column_in_file(column)) for column in feed.fillable]
        self.known = {name for _, name in self.taken}
        self.key = [at for at, (column, _) in enumerate(self.taken) if column.name in feed.table.key]
        self.seen: set[str] = set()
        """Columns that some row had, where each row names its own."""

    def header_problems(self) -> Iterator[Problem]:
        """Yield columns that nothing takes, and columns that are needed and not there."""
        header = self.content.header or {}
        present = header.keys() - self.feed.ignored
        for name, place in header.items():
            if name in present and name.strip() and name not in self.known:
                yield self._unknown(name, place, present)
        if not header:
            return
        for column, name in self.taken:
            if name not in present and (column.required or column.name in self.feed.columns):
                yield self._missing(column, name, header.keys())

    def rows(self) -> tuple[list[Row], list[Problem]]:
        """Return every row that fits, and what is wrong with the others."""
        rows: list[Row] = []
        problems: list[Problem] = []
        lines: dict[tuple[Value, ...], int] = {}
        for entry in self.content.entries:
            if isinstance(entry, Problem):
                problems.append(entry)
                continue
            wrong = list(self._unknown_fields(entry))
            values = [self._value(entry, column, name, wrong) for column, name in self.taken]
            wrong += self._repeated(entry, values, lines)
            problems += wrong
            if not wrong:
                rows.append(tuple(self._in_table_order(values)))
        return rows, problems

    def unseen_columns(self, rows: int) -> Iterator[Problem]:
        """Yield columns that the mapping names and that no row had, where each row names its own."""
        if self.content.header is not None or not rows:
            return
        for column, name in self.taken:
            if name not in self.seen and column.name in self.feed.columns and not column.required:
                yield self._missing(column, name, self.seen)

    def _value(self, entry: Entry, column: Column, name: str, wrong: list[Problem]) -> Value:
        is_ignored = name in self.feed.ignored
        given = None if is_ignored else entry.fields.get(name)
        try:
            value = self.typing.value(given, column)
        except Unfit as unfit:
            message = f"{_called(column, name)} must {unfit.must}, not {given_as(given)}"
            wrong.append(Problem(self.content.path, *entry.place(name), message, unfit.fix))
            return None
        # A column that the whole file lacks is one problem, told with the header.
        if (
            value is None
            and column.required
            and (self.content.header is None or (name in entry.fields and not is_ignored))
        ):
            place = entry.place(name) if name in entry.fields else (entry.line, 1)
            wrong.append(Problem(self.content.path, *place, f"{_called(column, name)} is needed and has no value"))
        return value

    def _unknown_fields(self, entry: Entry) -> Iterator[Problem]:
        if self.content.header is not None:
            return
        for name in entry.fields:
            if name not in self.seen and name not in self.known and name not in self.feed.ignored:
                yield self._unknown(name, entry.place(name), entry.fields.keys())
        self.seen.update(entry.fields)

    def _repeated(
        self, entry: Entry, values: Sequence[Value], lines: dict[tuple[Value, ...], int]
    ) -> Iterator[Problem]:
        """Yield a problem where an earlier line has the same key."""
        key = tuple(values[position] for position in self.key)
        if None in key:
            return
        first = lines.setdefault(key, entry.line)
        if first != entry.line:
            what = ", ".join(_called(*self.taken[position]) for position in self.key)
            named = ", ".join(given_as(value) for value in key)
            message = f"{what} {named} is in {self.content.line_word} {first} already"
            place = entry.place(self.taken[self.key[0]][1])
            yield Problem(self.content.path, *place, message, "A feed has one row for each.")

    def _in_table_order(self, values: Sequence[Value]) -> Iterator[Value]:
        filled = iter(values)
        for name in self.feed.table.column_names:
            yield self.feed.source if name == SOURCE.name else next(filled)

    def _unknown(self, name: str, place: tuple[int, int], present: Iterable[str]) -> Problem:
        table = self.feed.table.name
        free = self.known - set(present)
        near = did_you_mean(name, free)
        hint = f"{near} " if near.startswith("Did") else ""
        fix = f"{hint}Map it to a column, or ignore it."
        return Problem(self.content.path, *place, f"{shown(name)} is no column of {table}", fix)

    def _missing(self, column: Column, name: str, present: Iterable[str]) -> Problem:
        line = 1 if self.content.header is not None and self.content.line_word == "line" else 0
        is_ignored = name in self.feed.ignored and name in present
        near = "" if is_ignored else did_you_mean(name, present)
        hint = f"{near} " if near.startswith("Did") else ""
        why = "the mapping names it" if column.name in self.feed.columns else "every row needs it"
        what = f"column {shown(name)} is ignored" if is_ignored else f"there is no column {shown(name)}"
        what += f" for {column.name}" if name != column.name else ""
        fix = f"{hint}Map the column that holds it." if column.required else f"{hint}Mend the mapping."
        return Problem(self.content.path, line, 0, f"{what}, and {why}", fix)


def _mapping_problems(feed: Feed) -> Iterator[Problem]:
    fillable = [column.name for column in feed.fillable]
    for name in feed.columns:
        if name not in fillable:
            path, line = feed.declared_at.get(name, ("--columns", 0))
            yield Problem(
                path,
                line,
                0,
                f"{shown(name)} is no column that a feed fills in {feed.table.name}",
                did_you_mean(name, fillable),
            )


def _notes(feed: Feed, rows: Sequence[Row], ambiguous: int) -> Iterator[str]:
    if not rows:
        yield "the file holds no rows: known to be empty"
    if ambiguous:
        yield f"{ambiguous:,} × a local time that comes twice in {feed.zone}; the first was taken"
    names = feed.table.column_names
    if feed.repositories and "repository" in names:
        at = names.index("repository")
        outside = sum(row[at] is not None and row[at] not in feed.repositories for row in rows)
        if outside:
            yield f"{_rows(outside)} of repositories that its population leaves out"
    if feed.since and feed.table.event:
        at = names.index(feed.table.event)
        early = sum(isinstance(row[at], datetime) and row[at].date() < feed.since for row in rows)  # type: ignore[union-attr]
        if early:
            yield f"{_rows(early)} older than {feed.since}, the day that its population begins"


def _rows(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are"


def _called(column: Column, name: str) -> str:
    return column.name if name == column.name else f"{column.name} (column {shown(name)})"


def _at_most(problems: Sequence[Problem]) -> list[Problem]:
    """Return the first problems, and one more that says how many there are."""
    ordered = sorted(problems)
    told = ordered[:MOST_PROBLEMS]
    if more := ordered[MOST_PROBLEMS:]:
        first = more[0]
        told.append(Problem(first.path, first.line, first.col, f"… {len(more):,} more problems from here on"))
    return told
