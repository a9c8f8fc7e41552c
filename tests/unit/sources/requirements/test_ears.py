from __future__ import annotations

import pytest

from trueline.sources.requirements.ears import EARS

STATED = b".kiro/specs/berths/requirements.md"
TASKS = b".kiro/specs/berths/tasks.md"

TEXT = """# Requirements Document

1. A list that states nothing

### Requirement 1: Mooring

**User Story:** As a master, I want a berth.

#### Acceptance Criteria

1. WHEN a ship arrives THEN the quay SHALL moor it
2. IF it is late THEN the quay SHALL
   wait for it

### Requirement 2

#### Acceptance Criteria

2.1 THE quay SHALL be lit

## Notes

1. Not a criterion
"""


def read(path: bytes, text: str):
    dialect = EARS.dialect(path)
    assert dialect is not None
    return EARS.import_(dialect, text.encode())


def test_criteria_are_numbered_below_their_requirement():
    assert [(i.kind, i.item_id, i.line, i.end_line or i.line) for i in read(STATED, TEXT).items] == [
        ("requirement", "berths/1", 5, 5),
        ("criterion", "berths/1.1", 11, 11),
        ("criterion", "berths/1.2", 12, 13),
        ("requirement", "berths/2", 15, 15),
        ("criterion", "berths/2.1", 19, 19),
    ]


@pytest.mark.parametrize(
    ("line", "cited"),
    [
        ("_Requirements: 1.2, 2.3_", ["1.2", "2.3"]),
        ("- _Requirements: 1.2_", ["1.2"]),
        ("_Requirements: 1.1-1.3_", ["1.1", "1.2", "1.3"]),
        ("_Requirements: 1.1-2.3_", ["1.1", "2.3"]),
        ("_Requirements: 1.1-1.999999999_", ["1.1", "1.999999999"]),
        ("_Requirements: 2_", ["2"]),
        ("_Requirements: All_", []),
        ("- Requirements: see 1.2 of the other", []),
    ],
)
def test_a_task_cites_the_numbers_of_its_last_line(line, cited):
    items = read(TASKS, f"- [x] 3.1 Moor\n  - Tie the knots\n  {line}\n").items
    assert [link.to_id for item in items for link in item.links] == [f"berths/{number}" for number in cited]
    assert all((item.nature, item.status, item.title) == ("tag", "done", "3.1 Moor") for item in items)


def test_a_line_of_requirements_before_any_task_cites_nothing():
    assert read(TASKS, "_Requirements: 1.2_\n").items == ()
