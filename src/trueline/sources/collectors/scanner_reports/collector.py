"""Collect reports of other tools about one commit of one repository.

A later report of the same tool and category about the same commit replaces what the earlier said; a run that found
nothing is a row, so that "none" is known.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, TypeVar

from trueline.model.errors import BadInput, Problem
from trueline.model.scanner_tables import (
    SCANNER_RESULTS,
    SCANNER_RUNS,
    SCANNER_TABLES,
    SCORECARD_CHECKS,
    SCORECARD_TABLES,
)
from trueline.model.table import Row, Table
from trueline.sources.collectors.base import Collected, Emit

from .json_file import ReportRefused
from .sarif import Result, Run, sarif_runs
from .scorecard import ScoredCheck, scorecard_checks

_CHUNK_ROWS = 5_000
T = TypeVar("T")


@dataclass(frozen=True)
class ReportFile:
    """One file to be read."""

    file: Path
    shown_as: str
    """As the user named it."""


@dataclass(frozen=True)
class Commit:
    """What reports are about."""

    repository: str
    commit_id: str
    made_at: datetime
    """Stands for the instant of a run that does not say when it was."""
    paths: frozenset[str] = frozenset()
    """Display paths of its files; none where they cannot be known."""
    checkout: str = ""
    """Absolute path of the work tree."""


@dataclass(frozen=True)
class ScannerCollector:
    """Collects SARIF logs."""

    commit: Commit
    reports: Sequence[ReportFile]

    @property
    def source(self) -> str:
        return f"scanners/{self.commit.repository}"

    @property
    def tables(self) -> tuple[Table, ...]:
        return SCANNER_TABLES

    def collect(self, cursor: Mapping[str, Any], emit: Emit) -> Collected:
        """Push all rows. Raises BadInput, with a problem for every report that cannot be read."""
        read = _read_all(self.reports, lambda file: sarif_runs(file, self.commit.paths, self.commit.checkout))
        runs = _joined(read)
        _push(emit, SCANNER_RUNS, (self._run_row(run, _digest(run)) for run in runs))
        _push(emit, SCANNER_RESULTS, (row for run in runs for row in self._result_rows(run)))
        counted = {SCANNER_RUNS.name: len(runs), SCANNER_RESULTS.name: sum(len(run.results) for run in runs)}
        return Collected(cursor={}, counted=counted, notes=tuple(_notes(read)))

    def _run_row(self, run: Run, report_id: str) -> Row:
        about = (self.commit.repository, self.commit.commit_id, run.tool, run.category, run.tool_version)
        known = (sorted(run.rules), run.lists_all_rules, len(run.results), run.is_successful)
        return (*about, *known, report_id, run.ran_at or self.commit.made_at)

    def _result_rows(self, run: Run) -> Iterator[Row]:
        about = (self.commit.repository, self.commit.commit_id, run.tool, run.category, run.tool_version)
        found = (_digest(run), run.ran_at or self.commit.made_at)
        for one in run.results:
            yield (*about, *_told(one), *found)


@dataclass(frozen=True)
class ScorecardCollector:
    """Collects reports of OpenSSF Scorecard; one that names its commit is about that."""

    commit: Commit
    reports: Sequence[ReportFile]

    @property
    def source(self) -> str:
        return f"scorecard/{self.commit.repository}"

    @property
    def tables(self) -> tuple[Table, ...]:
        return SCORECARD_TABLES

    def collect(self, cursor: Mapping[str, Any], emit: Emit) -> Collected:
        """Push all rows. Raises BadInput, with a problem for every report that cannot be read."""
        checks = {(one.commit_id, one.name): one for one in _read_all(self.reports, scorecard_checks)}
        _push(emit, SCORECARD_CHECKS, map(self._row, checks.values()))
        return Collected(cursor={}, counted={SCORECARD_CHECKS.name: len(checks)})

    def _row(self, check: ScoredCheck) -> Row:
        about = (self.commit.repository, check.commit_id or self.commit.commit_id)
        known = (check.name, check.score, check.reason, check.url, check.tool_version)
        return (*about, *known, check.ran_at or self.commit.made_at)


def _read_all(reports: Iterable[ReportFile], read: Callable[[IO[bytes]], Iterable[T]]) -> list[T]:
    """Return what all reports hold. Raises BadInput with every report that cannot be read."""
    problems: list[Problem] = []
    found: list[T] = []
    for report in reports:
        try:
            with report.file.open("rb") as file:
                found.extend(read(file))
        except ReportRefused as error:
            problems.append(Problem(report.shown_as, error.line, error.col, error.message, error.fix))
        except OSError as error:
            problems.append(Problem(report.shown_as, 0, 0, f"cannot be read: {(error.strerror or '').lower()}"))
    if problems:
        raise BadInput(problems)
    return found


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Join runs of one tool and category: parts of one look, as over several folders."""
    joined: dict[tuple[str, str], Run] = {}
    for run in runs:
        known = joined.setdefault((run.tool, run.category), run)
        if known is not run:
            results = {one.fingerprint: one for one in (*known.results, *run.results)}
            joined[run.tool, run.category] = replace(
                run,
                rules=known.rules | run.rules,
                lists_all_rules=known.lists_all_rules and run.lists_all_rules,
                is_successful=known.is_successful and run.is_successful,
                ran_at=max((at for at in (known.ran_at, run.ran_at) if at is not None), default=None),
                results=tuple(results.values()),
            )
    return list(joined.values())


def _digest(run: Run) -> str:
    digest = hashlib.sha256(json.dumps([run.tool_version, sorted(run.rules), run.is_successful]).encode())
    for result in run.results:
        digest.update(json.dumps(_told(result)).encode())
    return digest.hexdigest()[:32]


def _told(one: Result) -> Row:
    place = (one.rule, one.level, one.path, one.line, one.message, one.fingerprint)
    return (*place, one.is_suppressed, one.baseline_state, one.help_uri)


def _notes(runs: Sequence[Run]) -> Iterator[str]:
    if repeated := sum(run.repeated for run in runs):
        yield f"{repeated:,} repeated and left out"
    if left_out := sum(run.left_out for run in runs):
        yield f"{left_out:,} say that nothing is wrong and are left out"
    if outside := sum(run.outside for run in runs):
        yield f"{outside:,} about files outside the repository, kept without a path"
    if failed := sum(not run.is_successful for run in runs):
        yield f"{failed:,} of {len(runs):,} runs did not get to their end"


def _push(emit: Emit, table: Table, rows: Iterable[Row]) -> None:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK_ROWS:
            emit(table, chunk)
            chunk = []
    if chunk:
        emit(table, chunk)
