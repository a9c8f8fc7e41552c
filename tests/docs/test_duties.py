"""The duties are 42, each told once, and speak one vocabulary of needs."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import yaml

FILE = Path(__file__).parents[2] / "src" / "trueline" / "practices" / "duties.yaml"
CONTENT = yaml.safe_load(FILE.read_text(encoding="utf-8"))
DUTIES = CONTENT["duties"]
NEEDS = CONTENT["needs"]


def test_there_are_42_duties_numbered_without_gaps():
    assert sorted(duty["number"] for duty in DUTIES) == [f"D{number:02}" for number in range(1, 43)]
    assert len({duty["id"] for duty in DUTIES}) == 42


def test_groups_stand_together_and_hold_six_duties_each():
    groups = [duty["group"] for duty in DUTIES]
    assert set(Counter(groups).values()) == {6}
    assert sum(before != after for before, after in pairwise(groups)) == len(set(groups)) - 1


def test_titles_are_short_and_questions_are_one_sentence():
    assert [duty["id"] for duty in DUTIES if not 1 <= len(duty["title"].split()) <= 4] == []
    assert [
        duty["id"] for duty in DUTIES if not duty["question"].endswith("?") or duty["question"].count("?") > 1
    ] == []


def test_every_need_is_declared_and_every_declared_need_is_needed():
    assert {need for duty in DUTIES for need in duty["needs"]} == NEEDS.keys()
    assert [duty["id"] for duty in DUTIES if not duty["needs"]] == []


def test_every_need_costs_some_minutes():
    assert [name for name, need in NEEDS.items() if not 1 <= need["minutes"] <= 30] == []
