"""What open branches make of requirements is compared by what is demanded, not by lines or dates."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import NOW, Said, Workshop

Trueline = Callable[..., Said]
DAY = 86_400
SPEC = "openspec/specs/berths/spec.md"
DELTA = "openspec/changes/{change}/specs/berths/spec.md"


def spec(days: int = 3, fee: int = 5, words: str = "A ship") -> str:
    return (
        f"# Berths\n\n## Requirements\n\n### Requirement: Mooring\n{words} MUST leave within {days} days.\n\n"
        f"#### Scenario: Leaving\n- it leaves\n\n### Requirement: Fees\nThe fee MUST be {fee} EUR.\n\n#### Scenario: Paying\n- it pays\n"
    )


def delta(heading: str) -> str:
    return f"## MODIFIED Requirements\n\n### Requirement: {heading}\nA ship MUST leave today.\n\n#### Scenario: S\n- it leaves\n"


@pytest.fixture
def quay(new_repository: Callable[..., Workshop]) -> Workshop:
    """A specification of two requirements on the main line."""
    quay = new_repository()
    quay.commit("Begin", {SPEC: spec()}, at=NOW - 60 * DAY)
    return quay


def branch(quay: Workshop, name: str, files: dict[str, str], *, start: str = "main", days_ago: int = 20) -> None:
    quay.git("checkout", "-q", "-b", name, start)
    quay.commit(f"Work on {name}", files, at=NOW - days_ago * DAY)
    quay.git("checkout", "-q", "main")


def violations(trueline: Trueline, quay: Workshop, rule: str) -> list[Any]:
    trueline("collect", "-C", quay.path).answers()
    words = ("rule", "run", rule, "-C", quay.path, "--as-of", "2026-02-25", "--format", "jsonl")
    return [json.loads(line)["subject"] for line in trueline(*words).answers().out.splitlines()]


def test_two_branches_that_change_one_requirement_differently_are_told(trueline: Trueline, quay: Workshop):
    branch(quay, "deepen", {SPEC: spec(days=4)})
    branch(quay, "widen", {SPEC: spec(days=5)})
    branch(quay, "price", {SPEC: spec(fee=6)})

    assert violations(trueline, quay, "requirement_changed_on_two_branches") == ["berths/Mooring"]


def test_other_words_the_same_change_and_a_branch_upon_a_branch_are_no_quarrel(trueline: Trueline, quay: Workshop):
    branch(quay, "deepen", {SPEC: spec(days=4)})
    branch(quay, "again", {SPEC: spec(days=4)})
    branch(quay, "wording", {SPEC: spec(words="The  ship")})
    branch(quay, "further", {SPEC: spec(days=7)}, start="deepen", days_ago=10)
    quay.git("branch", "-D", "again")

    assert violations(trueline, quay, "requirement_changed_on_two_branches") == []


def test_a_branch_whose_requirement_changed_meanwhile_is_told(trueline: Trueline, quay: Workshop):
    branch(quay, "deepen", {SPEC: spec(days=4)})
    branch(quay, "price", {SPEC: spec(fee=6)})
    quay.commit("Longer stays", {SPEC: spec(days=9)}, at=NOW - 10 * DAY)

    assert violations(trueline, quay, "branch_rests_on_former_requirement") == ["deepen berths/Mooring"]


def test_what_landed_by_a_squash_rests_on_nothing_former(trueline: Trueline, quay: Workshop):
    branch(quay, "deepen", {SPEC: spec(days=4)})
    quay.commit("Deepen (#1)", {SPEC: spec(days=4)}, at=NOW - 10 * DAY)

    assert violations(trueline, quay, "branch_rests_on_former_requirement") == []


def test_an_entry_of_a_branch_for_a_requirement_that_nobody_has_is_told(trueline: Trueline, quay: Workshop):
    branch(quay, "slip", {DELTA.format(change="slip"): delta("Moring")})
    branch(quay, "right", {DELTA.format(change="right"): delta("Mooring")})
    branch(quay, "moved", {DELTA.format(change="moved"): delta("Tide"), SPEC: spec().replace("Mooring", "Tide")})

    assert violations(trueline, quay, "branch_delta_matches_nothing") == ["slip berths/Moring"]
    assert violations(trueline, quay, "requirement_changed_on_two_branches") == ["berths/Mooring"]
