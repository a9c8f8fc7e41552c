"""From files to the rows of every kind: which are records, what they say, what is wrong.

A record with a wrong field gives no row, but its id still counts, so that one slip is one
problem. A record that names an unknown one does give its row. Where files come from, and what
their rows mean, is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath

from trueline.model.errors import Problem
from trueline.model.record import Kind
from trueline.model.table import Row
from trueline.settings.suggestion import did_you_mean, shown
from trueline.sources.trees.header import field_name

from .claims import Claims
from .headers import Header, may_be_record, read_headers
from .strays import may_be_stray, stray_problems
from .walk import Walked, is_id, walk
from .yaml_nodes import MOST_PROBLEMS, Scalar


@dataclass(frozen=True)
class RecordsRead:
    """The records of one repository."""

    rows: Mapping[str, tuple[Row, ...]]
    """By table, one entry for every kind; values in the order of `Kind.as_table()`."""
    problems: tuple[Problem, ...]
    kinds: Mapping[str, str | None]
    """The files that were taken for records, good or bad, each with the kind of its first one; None where unknown."""
    ids: Mapping[str, Mapping[str, str]]
    """By kind: every id and former id with the id it now is; handed on as `known_ids`."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the files that were taken for records, good or bad."""
        return tuple(self.kinds)


@dataclass
class _Record:
    kind: Kind
    id: str
    path: str
    line: int
    walked: Walked
    is_good: bool


def read_records(
    repository: str,
    files: Iterable[tuple[str, bytes]],
    kinds: Mapping[str, Kind],
    globs: Mapping[str, str],
    *,
    is_handbook: bool = True,
    known_ids: Mapping[str, Mapping[str, str]] | None = None,
) -> RecordsRead:
    """Return the records among the files of one repository.

    `globs` give files a kind (gitignore's dialect, a later one prevails). Where `is_handbook` is
    false, an undeclared `kind:` is left to the tool whose it is. `known_ids` are `ids` of another
    repository, such as the handbook.
    """
    reading = _Reading(kinds, is_handbook)
    claims = Claims(globs, kinds)
    reading.problems += claims.problems
    taken: dict[str, str | None] = {}
    strays = []
    for path, content in files:
        claimed = claims.kind_of(path)
        is_candidate = claimed is not None or may_be_record(path, content, kinds, is_handbook)
        if is_candidate and reading.take(path, content, claimed):
            taken[path] = None
        elif is_handbook and may_be_stray(path, content):
            strays.append(path)
    taken |= {record.path: record.kind.name for record in reversed(reading.records)}
    reading.problems += stray_problems(strays, taken)
    by_kind = reading.unique()
    for record in reading.records:
        reading.resolve(record, by_kind, known_ids or {})
    rows: dict[str, list[Row]] = {kind.table: [] for kind in kinds.values()}
    for record in reading.records:
        if record.is_good:
            rows[record.kind.table].append(_row(repository, record))
    return RecordsRead(
        rows={table: tuple(found) for table, found in rows.items()},
        problems=tuple(sorted(set(reading.problems))),
        kinds=taken,
        ids=by_kind,
    )


def file_rows(repository: str, read: RecordsRead) -> Iterator[Row]:
    """Yield the rows of table `record_files`."""
    wrong = {problem.path for problem in read.problems}
    for path, kind in read.kinds.items():
        yield (repository, path, kind, path not in wrong)


def problem_rows(repository: str, problems: Iterable[Problem]) -> Iterator[Row]:
    """Yield the rows of table `record_problems`."""
    for problem in problems:
        place = (max(problem.line, 1), max(problem.col, 1))
        yield (repository, problem.path, *place, problem.message, problem.fix or None)


def _row(repository: str, record: _Record) -> Row:
    values = (record.walked.values.get(f.name) for f in record.kind.fields)
    former = [item.text for item in record.walked.former_ids]
    return (repository, record.id, *values, former, record.path, record.line)


@dataclass
class _Reading:
    kinds: Mapping[str, Kind]
    is_handbook: bool
    problems: list[Problem] = field(default_factory=list)
    records: list[_Record] = field(default_factory=list)

    def wrong(self, path: str, place: tuple[int, int], message: str, fix: str = "") -> None:
        self.problems.append(Problem(path, *place, message, fix))

    def take(self, path: str, content: bytes, claimed: Kind | None) -> bool:
        """Read a file; say whether it was a record at all."""
        headers = read_headers(path, content)
        if claimed is None and headers.found and not any(header.kind for header in headers.found):
            return False  # the word was somewhere in the text, not in a header
        self.problems += headers.problems
        has_own_name = len(headers.found) == 1
        for header in headers.found:
            kind = self._kind_of(path, header, claimed)
            if kind is not None:
                self._take_record(path, header, kind, has_own_name)
        return True

    def _take_record(self, path: str, header: Header, kind: Kind, has_own_name: bool) -> None:
        fields = header.fields_for(kind)
        walked = walk(fields, kind, path, header.head)
        is_good = not walked.problems
        self.problems += walked.problems
        id = walked.id.text if walked.id else PurePosixPath(path).stem
        if walked.id is None and not (has_own_name and is_id(id)):
            if not any(field_name(key.text) == "id" for key, _ in fields.entries):
                self.wrong(path, header.head, "needs an id: its file's name cannot be it", "Add id: with one word.")
            return
        self.records.append(_Record(kind, id, path, header.node.line, walked, is_good))

    def _kind_of(self, path: str, header: Header, claimed: Kind | None) -> Kind | None:
        if header.kind is None:
            if claimed is None:
                self.wrong(path, header.head, "has no kind, unlike its neighbours", "Add kind:.")
            return claimed
        key, value = header.kind
        name = value.text if isinstance(value, Scalar) else ""
        kind = self.kinds.get(name)
        if kind is None and (claimed or self.is_handbook):
            fix = did_you_mean(name, self.kinds)
            self.wrong(path, (value.line, value.col), f"no kind is named {shown(name)}", fix)
        elif claimed is not None and kind is not claimed:
            self.wrong(path, (key.line, key.col), f"is {shown(name)} here and {claimed.name} by a glob", "Mend one.")
            return None
        return kind

    def unique(self) -> dict[str, dict[str, str]]:
        """Return by kind every id and former id with the id it now is; a second bearer of an id gives no row."""
        first: dict[tuple[str, str], _Record] = {}
        for record in self.records:
            earlier = first.setdefault((record.kind.name, record.id), record)
            if earlier is not record:
                place = (record.walked.id.line, record.walked.id.col) if record.walked.id else (record.line, 1)
                message = f"{record.kind.name} {shown(record.id)} is already at {earlier.path}:{earlier.line}"
                self.wrong(record.path, place, message, "Give each its own id.")
                record.is_good = False
        now: dict[str, dict[str, str]] = {name: {} for name in self.kinds}
        for record in first.values():
            now[record.kind.name][record.id] = record.id
        for record in first.values():
            for former in record.walked.former_ids:
                names = now[record.kind.name]
                if names.setdefault(former.text, record.id) != record.id:
                    message = f"{shown(former.text)} is also a name of {record.kind.name} {names[former.text]}"
                    self.wrong(record.path, (former.line, former.col), message, "Only one can have had it.")
        return now

    def resolve(
        self,
        record: _Record,
        by_kind: Mapping[str, Mapping[str, str]],
        known_ids: Mapping[str, Mapping[str, str]],
    ) -> None:
        """Put today's id where a record names a former one, and note names that nobody has."""
        for f in record.kind.fields:
            if f.reference is None or f.name not in record.walked.names:
                continue
            known = {**known_ids.get(f.reference, {}), **by_kind.get(f.reference, {})}
            named = record.walked.names[f.name]
            now = [known.get(item.text, item.text) for item in named]
            record.walked.values[f.name] = now if f.type == "list" else now[0]
            if f.reference not in self.kinds or not (known or self.is_handbook):
                continue  # the records that it names are not in sight
            for item in islice((item for item in named if item.text not in known), MOST_PROBLEMS):
                fix = did_you_mean(item.text, known.values()) or f"Add it: trueline new {f.reference}."
                self.wrong(record.path, (item.line, item.col), f"no {f.reference} is named {shown(item.text)}", fix)
