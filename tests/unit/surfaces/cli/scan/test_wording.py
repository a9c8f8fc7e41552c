"""Numbers, states and verdicts are said the same way everywhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from report_fixture import CHECKS, FINDINGS, RICH, check, check_result

from trueline.surfaces.cli.scan import wording


@pytest.mark.parametrize(
    ("value", "said"),
    [(14212, "14,212"), (0, "0"), (84.0, "84"), (31.46, "31.46"), (Decimal("0.047"), "0.05"), (1234.5, "1,234.5"), (Decimal("33012.5000"), "33,012.50"), (float("nan"), "nan"), (None, "None")],
)  # fmt: skip
def test_numbers_are_said_as_people_say_them(value, said):
    assert wording.number(value) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.84, "share", ("84 %", "")),
        (34, "%", ("34 %", "")),
        (9, "days", ("9", "days")),
        (None, "days", ("–", "no data")),
    ],
)
def test_a_value_is_said_with_its_unit(value, unit, said):
    assert wording.measured(value, unit) == said


def test_the_parts_of_the_tally_sum_to_the_rules():
    some = check("some", "people")
    more = (
        check_result(some, "error"),
        check_result(some, "not_applicable"),
        check_result(some, "unknown", 12, "stale"),
        check_result(some, "holds", 0),
    )
    tally = wording.tally(replace(RICH, checks=(*CHECKS, *more)))
    assert tally.rules == tally.examined + tally.nothing + tally.unknown + tally.not_applicable + tally.failed
    assert str(tally) == (
        "24 rules ran, 17 examined something, 4 had nothing to examine, 1 could not be answered, "
        "1 does not apply here, 1 failed"
    )


def test_the_worst_comes_first_and_then_what_is_seen_most():
    ranked = wording.by_severity(FINDINGS)
    assert [(f.severity, f.violations) for f in ranked[:3]] == [("high", 3), ("high", 1), ("medium", 9)]


def test_a_role_is_said_in_words_and_a_team_as_written():
    assert [wording.owner_name(o) for o in ("role:head-of-engineering", "@harbour/core", None)] == [
        "head of engineering",
        "@harbour/core",
        "not known",
    ]


def test_a_repository_without_commits_or_branch_is_still_named_truly():
    facts = replace(RICH.repository, head_commit_id=None)
    assert wording.branch_at(facts) == "main, no commit yet"
    assert wording.branch_at(replace(RICH.repository, branch=None)) == "detached at 9f3c2e1"


@pytest.mark.parametrize(
    ("records", "feeds", "said"),
    [(0, 0, "git alone"), (1, 0, "git and 1 record"), (12, 2, "git, 12 records and 2 feeds"), (0, 1, "git and 1 feed")],
)
def test_what_was_read_is_said_as_it_was(records, feeds, said):
    assert wording.read_from(replace(RICH.repository, records=records, feeds=feeds)) == said


def test_a_plain_directory_is_not_called_git():
    assert wording.read_from(replace(RICH.repository, branch=None, head_commit_id=None)) == "files alone"


def test_checks_that_do_not_decide_a_duty_are_not_counted_for_it():
    standing = next(standing for standing in RICH.duties if standing.checks)
    assert wording.held(standing) != ""
    assert wording.held(replace(standing, required=0)) == ""
