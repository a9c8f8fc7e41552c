from __future__ import annotations

import pytest

from trueline.sources.requirements.openspec import OPENSPEC

MAIN = b"openspec/specs/berths/spec.md"
CHANGE = b"openspec/changes/widen/specs/berths/spec.md"


def read(path: bytes, text: str):
    dialect = OPENSPEC.dialect(path)
    assert dialect is not None
    return OPENSPEC.import_(dialect, text.encode())


SPEC = """# Berths

## Requirements

### Requirement: Mooring lines
A berth SHALL have two lines.

#### Scenario: A ship arrives
- **WHEN** it arrives
- **THEN** it is moored

### Requirement: Fees
It MUST be paid.
"""


def test_a_requirement_is_its_heading_and_scenarios_lie_below():
    items = read(MAIN, SPEC).items
    assert [(i.kind, i.item_id, i.line, i.end_line) for i in items] == [
        ("requirement", "berths/Mooring lines", 5, 10),
        ("scenario", None, 8, 10),
        ("requirement", "berths/Fees", 12, 13),
    ]
    assert "moored" in (items[0].text or "")


@pytest.mark.parametrize(
    ("path", "is_read"),
    [
        (MAIN, True),
        (CHANGE, True),
        (b"lib/openspec/specs/berths/fees/spec.md", True),
        (b"openspec/changes/archive/2026-01-01-widen/specs/berths/spec.md", False),
        (b"openspec/changes/widen/proposal.md", False),
        (b"specs/berths/spec.md", False),
    ],
)
def test_main_specifications_and_open_changes_are_read_and_filed_changes_are_not(path, is_read):
    assert (OPENSPEC.dialect(path) is not None) is is_read


def test_a_specification_of_another_root_has_ids_of_its_own():
    assert read(b"lib/" + MAIN, SPEC).items[0].item_id == "lib/berths/Mooring lines"


DELTA = """## ADDED Requirements

### Requirement: Tugs
A tug SHALL wait.

## MODIFIED Requirements

### Requirement: Fees
It MAY be paid.

## REMOVED Requirements

### Requirement: Flags
**Reason**: nobody has any.

- `### Requirement: Lamps`

## RENAMED Requirements

- FROM: `### Requirement: Mooring lines`
- TO: `### Requirement: Lines`
"""


def test_entries_of_an_open_change_are_deltas_and_state_nothing():
    items = read(CHANGE, DELTA).items
    assert {item.nature for item in items} == {"delta"}
    assert [(i.kind, i.item_id, i.line) for i in items] == [
        ("added", "berths/Tugs", 3),
        ("modified", "berths/Fees", 8),
        ("removed", "berths/Flags", 13),
        ("removed", "berths/Lamps", 16),
        ("renamed", "berths/Mooring lines", 20),
    ]
    assert {i.attributes for i in items if i.kind == "renamed"} == {("change=widen", "to=berths/Lines")}


def test_a_requirement_under_no_operation_is_told():
    (problem,) = read(CHANGE, "# Change\n\n### Requirement: Tugs\nA tug SHALL wait.\n").problems
    assert (problem.line, problem.col, problem.message) == (3, 5, "a requirement of a change stands under no operation")


def test_a_requirement_inside_a_fence_is_none():
    assert read(MAIN, "```\n### Requirement: Tugs\n```\n").items == ()
