"""What docs/how-to/add-a-practice.md shows can be copied, and loads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from trueline.model.practice import Practice
from trueline.model.rule import Result, UnknownReason
from trueline.practices.loader import load, load_duties
from trueline.rules.cases import World, cases_of, read_cases, run_cases, run_doubts
from trueline.rules.lint import lint
from trueline.rules.run import Ask
from trueline.tables.engine import Database
from trueline.tables.parts import Part
from trueline.tables.statement import parse

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-practice.md"
BLOCK = re.compile(r"^```(?:yaml|sql|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = (
    "practice.yaml",
    "records.yaml",
    "views/open_flags.sql",
    "checks/flag_past_removal.sql",
    "cases/flag_past_removal.yaml",
    "metrics/open_flag_count.sql",
    "cases/open_flag_count.yaml",
    "charts/open_flag_count.vl.json",
    "things/flags_outlived.sql",
    "cases/things/flags_outlived.yaml",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the page's practice, written as a reader would copy it."""
    root = tmp_path / "flags"
    for name, block in zip(FILES, BLOCK.findall(PAGE.read_text(encoding="utf-8")), strict=True):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")
    return root


def world_of(practice: Practice) -> World:
    """Return the tables and parts of one practice alone."""
    parts = [Part(view.table.name, parse(view.sql).reads, (view.table,), "1", sql=view.sql) for view in practice.views]
    tables = [*(kind.as_table() for kind in practice.kinds), *(view.table for view in practice.views)]
    return World({table.name: table for table in tables}, parts)


def ask(path: Path) -> Ask:
    """Return a way to ask a finished database in this process."""
    database = Database.sealed(path)
    return lambda sql, *, seconds, at_most=None: database.table(sql, seconds=seconds, at_most=at_most)


@pytest.mark.parametrize("name", FILES)
def test_the_page_names_every_file_that_it_shows(name: str):
    assert f"`{name}`" in PAGE.read_text(encoding="utf-8")


def test_the_practice_of_the_page_loads_whole(folder: Path):
    (practice,) = load([folder])

    assert practice.name == "flags"
    assert [kind.name for kind in practice.kinds] == ["flag"]
    assert [view.table.name for view in practice.views] == ["open_flags"]
    assert [check.id for check in practice.checks] == ["flags.flag_past_removal"]
    assert [metric.id for metric in practice.metrics] == ["flags.open_flag_count"]
    assert [chart.metric for chart in practice.charts] == ["flags.open_flag_count"]
    assert [thing.rule for thing in practice.things] == ["flags.open_flag_count"]


def test_the_page_lists_every_result_that_a_case_may_expect():
    results = {*get_args(Result), *get_args(UnknownReason)} - {"error", "suppressed"}
    assert sorted(result for result in results if f"`{result}`" not in PAGE.read_text(encoding="utf-8")) == []


def test_the_practice_of_the_page_passes_lint(folder: Path):
    practices = load([folder])

    assert lint(practices, world_of(*practices).tables, [duty.id for duty in load_duties()]) == []


@pytest.mark.parametrize("name", ["flag_past_removal", "open_flag_count", "flags_outlived"])
def test_the_cases_of_the_page_come_out_right_and_the_generated_ones_never_leak(folder: Path, name: str):
    (practice,) = load([folder])
    (rule,) = [rule for rule in (*practice.checks, *practice.metrics, *practice.things) if rule.name == name]
    cases, world = read_cases(cases_of(practice.root, rule)), world_of(practice)

    outcomes = [
        *run_cases(rule, cases, world, ask),
        *(outcome for case in cases for outcome in run_doubts(rule, case, world, ask)),
    ]

    assert len(outcomes) > len(cases)
    assert [(outcome.case, outcome.failure) for outcome in outcomes if outcome.failure] == []
