"""The outside practice loads by the same door as any other, passes lint, and keeps its own cases."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from trueline.model.practice import Practice
from trueline.model.rule import Check, Metric
from trueline.practices.loader import ENTRY_POINTS, load, load_duties
from trueline.rules.cases import World, read_cases, run_cases, run_doubts
from trueline.rules.lint import lint
from trueline.rules.run import Ask
from trueline.tables.engine import Database
from trueline.tables.parts import Part, in_order
from trueline.tables.statement import parse

PACKAGE = Path(__file__).parents[3] / "examples" / "practice-example"
FOLDER = PACKAGE / "src" / "trueline_practice_example" / "runbooks"
RULES = ("runbook_past_review", "runbook_never_drilled", "drilled_share")


@pytest.fixture(scope="module")
def practice() -> Practice:
    (loaded,) = load([FOLDER])
    return loaded


@pytest.fixture(scope="module")
def world(practice: Practice) -> World:
    tables = {
        table.name: table for table in (*(k.as_table() for k in practice.kinds), *(v.table for v in practice.views))
    }
    parts = in_order(Part(v.table.name, parse(v.sql).reads, (v.table,), "1", v.sql) for v in practice.views)
    return World(tables, parts)


def sealed(path: Path) -> Ask:
    database = Database.sealed(path)

    def ask(sql: str, *, seconds: float, at_most: int | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
        return database.table(sql, seconds=seconds, at_most=at_most)

    return ask


def rule_named(practice: Practice, name: str) -> Check | Metric:
    rules: dict[str, Check | Metric] = {check.name: check for check in practice.checks}
    rules |= {metric.name: metric for metric in practice.metrics}
    return rules[name]


def test_it_declares_one_of_everything(practice: Practice) -> None:
    assert [kind.name for kind in practice.kinds] == ["runbook", "drill"]
    assert sorted(rule.name for rule in (*practice.checks, *practice.metrics)) == sorted(RULES)
    assert [len(practice.views), len(practice.things), len(practice.charts)] == [1, 1, 1]


def test_lint_finds_nothing(practice: Practice, world: World) -> None:
    assert lint([practice], world.tables, [duty.id for duty in load_duties()]) == []


@pytest.mark.parametrize("name", RULES)
def test_its_cases_hold(practice: Practice, world: World, name: str) -> None:
    cases = read_cases(FOLDER / "cases" / f"{name}.yaml")
    rule = rule_named(practice, name)

    outcomes = [*run_cases(rule, cases, world, sealed), *run_doubts(rule, cases[0], world, sealed)]

    assert len(outcomes) == len(cases) + 6
    assert [outcome for outcome in outcomes if outcome.failure] == []


def test_the_entry_point_names_a_function_that_returns_the_folder() -> None:
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"][ENTRY_POINTS] == {"runbooks": "trueline_practice_example:runbooks"}

    scope: dict[str, Any] = {"__file__": str(FOLDER.parent / "__init__.py")}
    exec((FOLDER.parent / "__init__.py").read_text(encoding="utf-8"), scope)

    assert scope["runbooks"]() == FOLDER


def test_its_page_names_every_file() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    named = {path for path in re.findall(r"^\| `([^`]+)`", page, re.MULTILINE) if not path.endswith("/")}
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}

    assert named == {path for path in files if not path.startswith("cases/")} - {"README.md"}
