"""Every written case and every generated doubt of the built-in practices, and of the example, by the same door."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from trueline.analyses import registry
from trueline.app.definitions import Definitions
from trueline.model.practice import Practice
from trueline.model.rule import Check, Metric, Thing
from trueline.practices import loader
from trueline.rules.cases import Case, Tested, World, cases_of, read_cases, run_cases, run_doubts
from trueline.rules.lint import lint
from trueline.rules.run import Ask
from trueline.tables.engine import Database

EXAMPLE = Path(__file__).parents[2] / "examples/practice-example/src/trueline_practice_example/runbooks"
PRACTICES = loader.load([*loader.built_in(), EXAMPLE])
DEFINITIONS = Definitions(PRACTICES, loader.load_duties(), registry.built_in(), frozenset())


def ruled() -> Iterator[tuple[Practice, Tested]]:
    for practice in PRACTICES:
        # Only of our own things are cases demanded: the how-to asks others for those of rules.
        things = practice.things if practice.root != EXAMPLE else ()
        for rule in (*practice.checks, *practice.metrics, *things):
            yield practice, rule


def named(one: tuple[Practice, Tested]) -> str:
    return f"{type(one[1]).__name__.lower()} {one[1].id}"


each_rule = pytest.mark.parametrize("one", list(ruled()), ids=named)


@cache
def world() -> World:
    return World(DEFINITIONS.tables, DEFINITIONS.parts)


@cache
def cases(path: Path) -> tuple[Case, ...]:
    return tuple(read_cases(path))


def sealed(path: Path) -> Ask:
    database = Database.sealed(path)

    def ask(sql: str, *, seconds: float, at_most: int | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
        return database.table(sql, seconds=seconds, at_most=at_most)

    return ask


def test_lint_finds_nothing() -> None:
    assert lint(PRACTICES, DEFINITIONS.tables, [duty.id for duty in DEFINITIONS.duties]) == []


@each_rule
def test_its_cases_hold(one: tuple[Practice, Tested]) -> None:
    practice, rule = one

    outcomes = list(run_cases(rule, cases(cases_of(practice.root, rule)), world(), sealed))

    assert outcomes, "it has no cases"
    assert [(outcome.case, outcome.failure) for outcome in outcomes if outcome.failure] == []


@each_rule
def test_it_never_speaks_on_tables_that_cannot_be_trusted(one: tuple[Practice, Tested]) -> None:
    practice, rule = one
    first = cases(cases_of(practice.root, rule))[0]

    outcomes = list(run_doubts(rule, first, world(), sealed))

    assert outcomes, "it reads no table"
    assert [(outcome.case, outcome.failure) for outcome in outcomes if outcome.failure] == []


@each_rule
def test_its_cases_show_both_answers(one: tuple[Practice, Tested]) -> None:
    practice, rule = one
    written = cases(cases_of(practice.root, rule))
    expected = [case for case in written if case.expect]
    nothing = [case for case in written if case.expect == [] and case.result in (None, "holds")]

    if isinstance(rule, Check):
        assert expected, "no case fails"
        assert nothing, "no case passes"
        assert len(written) >= 3, "no case stands at the boundary"
    elif isinstance(rule, Metric):
        assert expected, "no case expects rows"
        assert [case for case in written if case.expect == [] or (case.has_value and case.value is None)], (
            "no case has no data"
        )
    else:
        assert expected, "no case has it speak"
        assert nothing, "no case has it silent"


def test_every_case_file_belongs_to_a_rule() -> None:
    files = {path for practice in PRACTICES for path in (practice.root / "cases").rglob("*.yaml")}

    assert files == {cases_of(practice.root, rule) for practice, rule in ruled()}


def test_case_names_are_sentences() -> None:
    files = [cases_of(practice.root, rule) for practice, rule in ruled()]
    names = [case.name for path in files for case in cases(path)]

    assert [name for name in names if len(name.split()) < 4] == []


def test_a_thing_speaks_of_a_rule_that_exists() -> None:
    rules = {rule.id for _, rule in ruled() if not isinstance(rule, Thing)}

    assert {thing.rule for practice in PRACTICES for thing in practice.things} <= rules
