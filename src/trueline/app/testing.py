"""Test rules and things: lint, written cases, and the generated doubts, all in a process that can be killed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trueline.model.errors import BadInput, Problem
from trueline.model.practice import Chart, Practice
from trueline.model.rule import Thing
from trueline.rules.case_file import Case, read_cases
from trueline.rules.cases import CaseOutcome, Open, World, cases_of, run_cases, run_doubts
from trueline.rules.explain import tables_read
from trueline.rules.lint import lint
from trueline.rules.parameters import Parametrized
from trueline.rules.run import Ask
from trueline.tables.worker import SealedWorker

from .definitions import Definitions

SECONDS = 10.0


@dataclass(frozen=True)
class Tested:
    """What testing some rules and things gave."""

    rules: int
    things: int
    problems: tuple[Problem, ...]
    """From lint, of case files, and rules without cases."""
    outcomes: tuple[CaseOutcome, ...]
    charts: tuple[Chart, ...] = ()
    """Charts of these rules: that they can be drawn is for those to say who draw."""

    @property
    def failures(self) -> tuple[CaseOutcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.failure)


def run_tests(definitions: Definitions, names: Sequence[str] = ()) -> Tested:
    """Lint and test the rules and things of these ids; all where none is given."""
    chosen = [
        (practice, rule)
        for practice in definitions.practices
        for rule in _of_practice(practice)
        if not names or rule.id in names
    ]
    charts = tuple(chart for chart in definitions.charts if not names or chart.metric in names)
    problems = lint(definitions.practices, definitions.tables, [duty.id for duty in definitions.duties])
    if names:
        paths = _paths([rule for _, rule in chosen], charts, definitions)
        problems = [problem for problem in problems if problem.path in paths]
    is_clean = not problems
    cases = [(rule, _cases(practice, rule, definitions, problems)) for practice, rule in chosen]
    if not names:
        problems += _stray_cases(definitions.practices)
    outcomes = _outcomes(cases, definitions) if is_clean else ()
    things = sum(isinstance(rule, Thing) for _, rule in chosen)
    return Tested(len(chosen) - things, things, tuple(problems), tuple(outcomes), charts)


def _of_practice(practice: Practice) -> tuple[Parametrized, ...]:
    return (*practice.checks, *practice.metrics, *practice.things)


def _paths(rules: Sequence[Parametrized], charts: Sequence[Chart], definitions: Definitions) -> set[str]:
    """Return the files of rules, of their charts, and of every view behind them."""
    roots = {practice.name: practice.root for practice in definitions.practices}
    paths = {rule.path for rule in rules}
    paths |= {str(roots[chart.practice] / "charts" / f"{chart.name}.vl.json") for chart in charts}
    views = {view.table.name: view for practice in definitions.practices for view in practice.views}
    makers = {table.name: part for part in definitions.parts for table in part.writes}
    waiting, seen = [name for rule in rules for name in tables_read(rule)], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in views:
            paths.add(views[name].path)
        if name in makers:
            waiting.extend(makers[name].reads)
    return paths


def _cases(practice: Practice, rule: Parametrized, definitions: Definitions, problems: list[Problem]) -> Sequence[Case]:
    """Return the cases of a rule; none where it has none or they are wrong, which is noted."""
    path = cases_of(practice.root, rule)
    if not path.is_file():
        if not isinstance(rule, Thing):  # a thing says nothing that its rule does not
            problems.append(Problem(rule.path, 0, 0, "it has no cases", f"Write {path}"))
        return ()
    try:
        return read_cases(path, definitions.tables)
    except BadInput as error:
        problems += error.problems
        return ()


def _stray_cases(practices: Sequence[Practice]) -> Iterator[Problem]:
    for practice in practices:
        known = {cases_of(practice.root, rule) for rule in _of_practice(practice)}
        for path in sorted({*(practice.root / "cases").rglob("*.yaml")} - known):
            yield Problem(str(path), 0, 0, f"there is no rule {path.stem} that these cases are of")


def _outcomes(cases: Sequence[tuple[Parametrized, Sequence[Case]]], definitions: Definitions) -> list[CaseOutcome]:
    world = World(definitions.tables, definitions.parts)
    worker = SealedWorker()

    def open_database(path: Path) -> Ask:
        def ask(sql: str, *, seconds: float, at_most: int | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
            return worker.table(path, sql, seconds=min(seconds, SECONDS), at_most=at_most)

        return ask

    try:
        return [outcome for rule, own in cases for outcome in _of_rule(rule, own, world, open_database)]
    finally:
        worker.close()


def _of_rule(rule: Parametrized, cases: Sequence[Case], world: World, open_database: Open) -> Iterator[CaseOutcome]:
    yield from run_cases(rule, cases, world, open_database)
    if cases:
        yield from run_doubts(rule, cases[0], world, open_database)
