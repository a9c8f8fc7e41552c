"""Test rules: lint, written cases, and the generated doubts, all in a process that can be killed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trueline.model.errors import Problem
from trueline.model.practice import Practice
from trueline.model.rule import Check, Metric
from trueline.rules.cases import CaseOutcome, Open, World, read_cases, run_cases, run_doubts
from trueline.rules.lint import lint
from trueline.rules.run import Ask
from trueline.tables.worker import SealedWorker

from .definitions import Definitions

SECONDS = 10.0


@dataclass(frozen=True)
class Tested:
    """What testing some rules gave."""

    rules: int
    problems: tuple[Problem, ...]
    """From lint, and rules without cases."""
    outcomes: tuple[CaseOutcome, ...]

    @property
    def failures(self) -> tuple[CaseOutcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.failure)


def run_tests(definitions: Definitions, names: Sequence[str] = ()) -> Tested:
    """Lint and test the rules of these names; all where none is given."""
    chosen: list[tuple[Practice, Check | Metric]] = []
    for practice in definitions.practices:
        chosen += [(practice, check) for check in practice.checks if not names or check.id in names]
        chosen += [(practice, metric) for metric in practice.metrics if not names or metric.id in names]
    practices = {practice.name: practice for practice, _ in chosen}
    duties = [duty.id for duty in definitions.duties]
    paths = {rule.path for _, rule in chosen}
    problems = lint(practices.values(), definitions.tables, duties)
    if names:
        problems = [problem for problem in problems if problem.path in paths]
    if problems:
        return Tested(len(chosen), tuple(problems), ())
    world = World(definitions.tables, definitions.parts)
    worker = SealedWorker()

    def open_database(path: Path) -> Ask:
        def ask(sql: str, *, seconds: float, at_most: int | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
            return worker.table(path, sql, seconds=min(seconds, SECONDS), at_most=at_most)

        return ask

    outcomes: list[CaseOutcome] = []
    try:
        for practice, rule in chosen:
            path = practice.root / "cases" / f"{rule.name}.yaml"
            if path.is_file():
                outcomes += _outcomes(path, rule, world, open_database)
            else:
                problems.append(Problem(rule.path, 0, 0, "it has no cases", f"Write {path}"))
    finally:
        worker.close()
    return Tested(len(chosen), tuple(problems), tuple(outcomes))


def _outcomes(path: Path, rule: Check | Metric, world: World, open_database: Open) -> Iterator[CaseOutcome]:
    cases = read_cases(path)
    yield from run_cases(rule, cases, world, open_database)
    if cases:
        yield from run_doubts(rule, cases[0], world, open_database)
