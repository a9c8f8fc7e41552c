from __future__ import annotations

import pytest
from record_kinds import KINDS, SERVICE, TEAM

from trueline.model.errors import UsageError
from trueline.model.record import Kind
from trueline.sources.records.read import RecordsRead, read_records
from trueline.sources.records.template import new_record


def read(kind: Kind, text: str) -> RecordsRead:
    return read_records("harbour", [("new.md", text.encode())], KINDS, {}, known_ids={"team": {"quay": "quay"}})


def test_a_new_record_shows_what_to_fill_in_with_required_fields_first():
    assert (
        new_record(SERVICE, "berth", {"tier": "2", "paths": "berth/**, quay"})
        == """\
---
kind: service
id: berth
# What people call it.
name:
# How much it matters. One of: 1, 2, 3.
tier: 2
# Where it stands. One of: concept, live, retired.
# lifecycle:
# Who answers for it. The id of a team.
# owner:
# Where its code is. Write a list.
paths: ["berth/**", "quay"]
# Cost of a month. Write a decimal number such as 12.50, with at most four places.
# cost:
# First day in use. Write a date such as 2026-01-31.
# live_on:
# When somebody last looked. Write an instant with its offset, such as 2026-01-31T09:00:00Z.
# checked_at:
# True where someone is woken. Write true or false.
# on_call:
# Two letters, as in SE.
# country:
---

# berth
""".replace('["berth/**", "quay"]', "[berth/**, quay]")
    )


def test_until_it_is_filled_in_the_empty_field_is_the_problem():
    found = read(SERVICE, new_record(SERVICE, "berth", {}))
    assert [str(problem) for problem in found.problems] == [
        "new.md:5:1: name is empty. Fill in name: What people call it."
    ]


def test_once_filled_in_it_is_valid():
    values = {
        "name": 'Berth: the "planner" # of ships, é',
        "tier": "1",
        "lifecycle": "live",
        "owner": "quay",
        "paths": "a/**, *.py",
        "cost": "12.50",
        "live_on": "2026-01-31",
        "checked_at": "2026-01-31T09:00:00Z",
        "on_call": "true",
        "country": "NO",
    }
    found = read(SERVICE, new_record(SERVICE, "berth", values))
    assert found.problems == ()
    assert found.rows["services"][0][1] == "berth"
    assert found.rows["services"][0][3] == values["name"]
    assert found.rows["services"][0][6] == ["a/**", "*.py"]


def test_an_unknown_field_or_an_impossible_id_is_refused():
    with pytest.raises(UsageError, match="Did you mean name"):
        new_record(TEAM, "quay", {"nmae": "x"})
    with pytest.raises(UsageError, match="cannot be an id"):
        new_record(TEAM, "two words", {})
