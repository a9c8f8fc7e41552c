from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from record_kinds import SERVICE

from trueline.sources.records.walk import Walked, walk
from trueline.sources.records.yaml_nodes import Mapping, compose


def walked(text: str) -> Walked:
    node = compose(text, "x").documents[0]
    assert isinstance(node, Mapping)
    return walk(node, SERVICE, "x", (1, 1))


def problems(text: str) -> list[str]:
    return [str(problem) for problem in walked(text).problems]


def test_the_schema_decides_what_a_text_means():
    found = walked(
        """\
kind: service
id: 007
name: yes
country: NO
tier: 2
paths: [on, 1.10, "null"]
cost: 0.10
live_on: 2026-01-31
checked_at: 2026-01-31T09:00:00+02:00
on_call: true
former_ids: [old]
"""
    )

    assert found.problems == []
    assert found.id is not None
    assert found.id.text == "007"
    assert [item.text for item in found.former_ids] == ["old"]
    assert found.values == {
        "name": "yes",
        "country": "NO",
        "tier": 2,
        "paths": ["on", "1.10", "null"],
        "cost": Decimal("0.10"),
        "live_on": date(2026, 1, 31),
        "checked_at": datetime(2026, 1, 31, 7, tzinfo=UTC),
        "on_call": True,
    }


def test_every_problem_is_found_in_one_run_where_a_person_would_look():
    assert problems(
        """\
kind: service
nmae: Berth
tier: gold
lifecycle: retird
owner: [a, b]
paths: a/**
cost: 1e3
live_on: 2026-02-30
checked_at: 2026-01-31
on_call: yes
country: Sweden
former_ids: [a, [b]]
"""
    ) == [
        'x:2:1: "nmae" is no field of service. Did you mean name?',
        'x:3:7: tier must be a whole number such as 7, not "gold"',
        'x:4:12: lifecycle must be one of concept, live, retired, not "retird". Did you mean retired?',
        "x:5:8: owner must be text, not a list",
        "x:6:8: paths must be a list, not a single value. Write it as [one, two].",
        'x:7:7: cost must be a decimal number such as 12.50, with at most four places, not "1e3"',
        'x:8:10: live_on must be a date such as 2026-01-31, not "2026-02-30"',
        'x:9:13: checked_at must be an instant with its offset, such as 2026-01-31T09:00:00Z, not "2026-01-31"',
        'x:10:10: on_call must be true or false, not "yes"',
        'x:11:10: country must look like [A-Z]{2}, not "Sweden". Mend country: Two letters, as in SE.',
        "x:12:17: each of former_ids must be a text, and this one is a list",
        "x:1:1: name is missing. Add name: What people call it.",
    ]


def test_a_required_field_left_empty_is_a_problem_at_the_field():
    assert problems("kind: service\nname:\n") == ["x:2:1: name is empty. Fill in name: What people call it."]
    assert walked("name: x\ntier: ~\ncost:\n").values == {"name": "x"}


def test_field_names_are_read_alike_however_they_are_spelt():
    assert walked("Name: x\nOn call: true\n").values == {"name": "x", "on_call": True}
    assert problems("name: x\nName: y\n") == ["x:2:1: name is already given in line 1. Keep one of the two."]


@pytest.mark.parametrize("number", ["1_000", "0x1f", "+1", "1.0", "9223372036854775808", "٣", "1" * 5000])
def test_whole_numbers_have_one_spelling(number: str):
    assert len(problems(f"name: x\ntier: {number}\n")) == 1


@pytest.mark.parametrize("instant", ["2026-01-31T25:00:00Z", "0001-01-01T00:00:00+14:00", "2026-01-31T09:00:00+25:00"])
def test_impossible_instants_are_problems(instant: str):
    assert len(problems(f"name: x\nchecked_at: {instant}\n")) == 1


@pytest.mark.parametrize("id", ["two words", '"a\\nb"', '""', "[a]", "x" * 201])
def test_an_id_is_one_word(id: str):
    assert problems(f"id: {id}\nname: x\n") == [
        "x:1:5: id must be one word of at most 200 characters. Names with spaces go elsewhere."
    ]


def test_control_characters_of_a_value_never_reach_a_message():
    found = problems('name: x\ntier: "\\e[31m\\u202e"\n')
    assert found == ['x:2:7: tier must be a whole number such as 7, not "\\u001b[31m\\u202e"']
