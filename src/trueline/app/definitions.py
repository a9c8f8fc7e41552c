"""Everything that is declared: practices, duties, kinds, tables, and the parts that derive tables."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from trueline.analyses import registry
from trueline.analyses.base import Analysis
from trueline.model.branch_tables import BRANCH_TABLES
from trueline.model.duty import Duty
from trueline.model.enforcement_tables import ENFORCEMENT_TABLES
from trueline.model.errors import BadInput, Problem, QueryRefused
from trueline.model.evidence_tables import GIT_TABLES
from trueline.model.feed_tables import FEED_TABLES, FEEDS
from trueline.model.finding import OBSERVATIONS
from trueline.model.line_tables import LINE_TABLES
from trueline.model.practice import Chart, Practice, View
from trueline.model.record import Kind
from trueline.model.rule import Check, Metric, Thing
from trueline.model.scanner_tables import SCANNER_TABLES, SCORECARD_TABLES
from trueline.model.table import Table
from trueline.model.test_tables import TEST_TABLES
from trueline.model.tree_tables import TREE_TABLES
from trueline.model.version_tables import VERSION_TABLES
from trueline.practices import loader
from trueline.rules.registry import find_rule
from trueline.settings.settings import RuleMode, Settings
from trueline.settings.suggestion import did_you_mean, shown
from trueline.tables.parts import Part, in_order
from trueline.tables.statement import check_tables, parse

from .gate_rules import is_gate_rule, known_gate_rule

EVIDENCE_TABLES: tuple[Table, ...] = (
    *GIT_TABLES,
    *LINE_TABLES,
    *FEED_TABLES,
    FEEDS,
    *TEST_TABLES,
    *SCANNER_TABLES,
    *SCORECARD_TABLES,
    OBSERVATIONS,
)
VIEW_SECONDS = 15.0
"""A view that others wrote may take so long."""


@dataclass(frozen=True)
class Definitions:
    """What this run knows of; the same for every repository under one handbook."""

    practices: tuple[Practice, ...]
    duties: tuple[Duty, ...]
    analyses: tuple[Analysis, ...]
    built_in: frozenset[str]
    """Names of the practices that come with Trueline; SQL of others runs in a process of its own."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        return {kind.name: kind for practice in self.practices for kind in practice.kinds}

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(check for practice in self.practices for check in practice.checks)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        return tuple(metric for practice in self.practices for metric in practice.metrics)

    @property
    def rules(self) -> tuple[Check | Metric, ...]:
        return (*self.checks, *self.metrics)

    @property
    def things(self) -> tuple[Thing, ...]:
        return tuple(thing for practice in self.practices for thing in practice.things)

    @property
    def charts(self) -> tuple[Chart, ...]:
        return tuple(chart for practice in self.practices for chart in practice.charts)

    def modes(self, settings: Settings) -> Mapping[str, RuleMode]:
        """Return the mode of each check, by full id. Raises UsageError for a rule that does not exist."""
        modes: dict[str, RuleMode] = {check.id: "advise" for check in self.checks}
        for name, mode in settings.rules.items():
            if is_gate_rule(name):
                known_gate_rule(name)
                continue
            modes[find_rule(name, self.rules).id] = mode
        return modes

    @cached_property
    def record_tables(self) -> Mapping[str, Table]:
        """The table of each kind, by kind."""
        return {kind.name: kind.as_table() for kind in self.kinds.values()}

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Views and analyses in the order in which they are built. Raises BadInput with every view that is wrong."""
        views = [view for practice in self.practices for view in practice.views]
        derived = [*(view.table for view in views), *(table for one in self.analyses for table in one.writes)]
        known = {table.name for table in (*self._base_tables, *derived)} | {"run"}
        problems = [problem for view in views if (problem := _problem(view, known)) is not None]
        if problems:
            raise BadInput(problems)
        made = [_view_part(view, None if view.practice in self.built_in else VIEW_SECONDS) for view in views]
        return tuple(in_order([*made, *(_analysis_part(analysis) for analysis in self.analyses)]))

    @property
    def _base_tables(self) -> Sequence[Table]:
        derived = (*VERSION_TABLES, *BRANCH_TABLES, *ENFORCEMENT_TABLES)
        return (*TREE_TABLES, *EVIDENCE_TABLES, *derived, *self.record_tables.values())

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """Every table that rules may read, by name."""
        derived = (table for part in self.parts for table in part.writes)
        return {table.name: table for table in (*self._base_tables, *derived)}


def load_definitions(settings: Settings) -> Definitions:
    """Load the built-in practices, those that packages bring, and those that the settings name."""
    own = loader.built_in()
    named = {settings.root / path: _no_folder(path, settings) for path in settings.practices}
    practices = loader.load([*own, *loader.installed(), *(settings.root / path for path in settings.practices)], named)
    definitions = Definitions(
        practices=practices,
        duties=loader.load_duties(),
        analyses=registry.installed(),
        built_in=frozenset(practice.name for practice in practices if practice.root in set[Path](own)),
    )
    _check_kinds(settings, definitions)
    return definitions


def _no_folder(path: Path, settings: Settings) -> Problem:
    place, _, line = settings.origin("practices.paths").rpartition(":")
    message = f"practices.paths names {path}, and there is no such folder"
    return Problem(place, int(line) if line.isdigit() else 0, 0, message, "", "settings")


def _check_kinds(settings: Settings, definitions: Definitions) -> None:
    """Raise BadInput where the settings name a kind of record that no practice declares."""
    problems = []
    for glob, kind in settings.records.items():
        if kind not in definitions.kinds:
            path, _, line = settings.origin(f"records.{glob}").rpartition(":")
            fix = did_you_mean(kind, definitions.kinds)
            problems.append(Problem(path, int(line), 0, f"there is no kind of record {shown(kind)}", fix, "settings"))
    if problems:
        raise BadInput(problems)


def _problem(view: View, known: set[str]) -> Problem | None:
    """Return what is wrong with a view: it runs where files can be read, so it may name known tables only."""
    try:
        statement = parse(view.sql)
        check_tables(statement, known)
    except QueryRefused as error:
        return Problem(view.path, error.line, error.col, error.message, error.fix, "view")
    if view.table.name in statement.reads:
        place = statement.places[view.table.name]
        return Problem(view.path, *place, f"view {view.table.name} reads itself", "Read the tables behind it", "view")
    return None


def _view_part(view: View, seconds: float | None) -> Part:
    version = hashlib.sha256(view.sql.encode()).hexdigest()[:16]
    reads = parse(view.sql).reads - {"run"}
    return Part(f"view {view.table.name}", reads, (view.table,), version, sql=view.sql, seconds=seconds)


def _analysis_part(analysis: Analysis) -> Part:
    reads = frozenset(analysis.reads) - {"run"}
    return Part(f"analysis {analysis.name}", reads, analysis.writes, str(analysis.version), build=analysis.build)
