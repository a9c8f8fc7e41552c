"""Collect reports about one commit of one repository: what ran there, and which lines it reached.

A later report about the same commit adds to what is known; of two about the same test, the later counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Literal

from trueline.model.errors import BadInput, Problem
from trueline.model.table import Row, Table
from trueline.model.test_tables import COVERAGE, TEST_RESULTS, TEST_TABLES
from trueline.sources.collectors.base import Collected, Emit

from .cover import CoveredFile, cobertura_files, coverage_json_files, lcov_files
from .junit import Case, junit_cases
from .refused import ReportRefused

Kind = Literal["tests", "coverage"]
_CHUNK_ROWS = 5_000


@dataclass(frozen=True)
class Report:
    """One file to be read."""

    kind: Kind
    file: Path
    shown_as: str
    """As the user named it."""


@dataclass(frozen=True)
class ReportCollector:
    """Collects some reports."""

    repository: str
    commit_id: str
    reports: Sequence[Report]
    now: datetime
    notes: list[str] = field(default_factory=list)

    @property
    def source(self) -> str:
        return f"tests/{self.repository}"

    @property
    def tables(self) -> tuple[Table, ...]:
        return TEST_TABLES

    def collect(self, cursor: Mapping[str, Any], emit: Emit) -> Collected:
        """Push all rows. Raises BadInput, with a problem for every report that cannot be read."""
        problems: list[Problem] = []
        cases: dict[tuple[str, str], Case] = {}
        files: dict[str, CoveredFile] = {}
        for report in self.reports:
            try:
                with report.file.open("rb") as file:
                    if report.kind == "tests":
                        _gather_cases(cases, junit_cases(file))
                    else:
                        _gather_files(files, _coverage_reader(file)(file))
            except ReportRefused as error:
                problems.append(Problem(report.shown_as, error.line, error.col, error.message, error.fix))
            except OSError as error:
                problems.append(Problem(report.shown_as, 0, 0, f"cannot be read: {(error.strerror or '').lower()}"))
        if problems:
            raise BadInput(problems)
        _push(emit, TEST_RESULTS, map(self._test_row, cases.values()))
        _push(emit, COVERAGE, map(self._coverage_row, files.values()))
        return Collected(cursor={}, counted={TEST_RESULTS.name: len(cases), COVERAGE.name: len(files)})

    def _test_row(self, case: Case) -> Row:
        known = (case.class_name, case.name, case.path, case.line, case.status, case.seconds, case.message)
        ran_at = case.ran_at or self.now
        return (self.repository, self.commit_id, case.suite, case.test, *known, case.requirement_ids, ran_at)

    def _coverage_row(self, file: CoveredFile) -> Row:
        lines = (file.lines(True), file.lines(False), file.branches, file.covered_branches)
        return (self.repository, self.commit_id, file.path, *lines, file.measured_at or self.now)


def _gather_cases(cases: dict[tuple[str, str], Case], found: Iterable[Case]) -> None:
    for case in found:
        key = (case.suite, case.test)
        if key not in cases or case.is_worse_than(cases[key]):
            cases[key] = case


def _gather_files(files: dict[str, CoveredFile], found: Iterable[CoveredFile]) -> None:
    """Join the files of several reports: shards of one run each reach other lines."""
    for file in found:
        known = files.setdefault(file.path, file)
        if known is not file:
            for line, is_covered in file.hits.items():
                known.see(line, is_covered)
            # Which branches two shards share cannot be told, so the better one is shown.
            if (file.covered_branches or 0) > (known.covered_branches or 0):
                known.branches, known.covered_branches = file.branches, file.covered_branches


def _coverage_reader(file: IO[bytes]) -> Callable[[IO[bytes]], Iterator[CoveredFile]]:
    """Return the reader of the form that a file begins like."""
    start = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    if start.startswith(b"<"):
        return cobertura_files
    if start.startswith(b"{"):
        return coverage_json_files
    return lcov_files


def _push(emit: Emit, table: Table, rows: Iterable[Row]) -> None:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK_ROWS:
            emit(table, chunk)
            chunk = []
    if chunk:
        emit(table, chunk)
