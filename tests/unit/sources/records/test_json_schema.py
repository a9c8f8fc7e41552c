from __future__ import annotations

import jsonschema_rs
import pytest
from record_kinds import KINDS, SERVICE

from trueline.sources.records.json_schema import json_schema

WHOLE = {
    "kind": "service",
    "id": "berth",
    "name": "Berth",
    "tier": 1,
    "lifecycle": "live",
    "owner": None,
    "paths": ["a"],
    "cost": 12.5,
    "live_on": "2026-01-31",
    "checked_at": "2026-01-31T09:00:00Z",
    "on_call": True,
    "country": "NO",
    "former_ids": ["x"],
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_the_schema_of_every_kind_is_valid(kind):
    assert jsonschema_rs.meta.is_valid(json_schema(kind))


def test_a_whole_record_is_valid():
    assert jsonschema_rs.is_valid(json_schema(SERVICE), WHOLE)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "team"},
        {"name": None},
        {"tier": 4},
        {"tier": "gold"},
        {"lifecycle": "lve"},
        {"paths": "a"},
        {"cost": "1e3"},
        {"on_call": "yes"},
        {"country": "Sweden"},
        {"nmae": "x"},
    ],
)
def test_an_editor_shows_what_the_walk_would_refuse(change):
    assert not jsonschema_rs.is_valid(json_schema(SERVICE), WHOLE | change)


def test_what_is_required_is_required():
    assert not jsonschema_rs.is_valid(json_schema(SERVICE), {"kind": "service"})
