from __future__ import annotations

import pytest

from trueline.sources.requirements.speckit import SPECKIT

SPEC = b"specs/001-berths/spec.md"
TASKS = b"specs/001-berths/tasks.md"


def read(path: bytes, text: str):
    dialect = SPECKIT.dialect(path)
    assert dialect is not None
    return SPECKIT.import_(dialect, text.encode())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- **FR-001**: System MUST moor ships", ("001-berths/FR-001", "fr", "System MUST moor ships", None)),
        ("- FR-001: System MUST moor\n  every ship", ("001-berths/FR-001", "fr", "System MUST moor", None)),
        ("* **SC-002**: In 5 s", ("001-berths/SC-002", "sc", "In 5 s", None)),
        ("| FR-01 | Ships moor | P0 |", ("001-berths/FR-01", "fr", "Ships moor", None)),
        ("### User Story 2 - Pay a fee (P1)", ("001-berths/US2", "story", "Pay a fee (P1)", None)),
        ("- **FR-003**: Pay [NEEDS CLARIFICATION: how?]",
         ("001-berths/FR-003", "fr", "Pay [NEEDS CLARIFICATION: how?]", "needs clarification")),
    ],
)  # fmt: skip
def test_bullets_rows_and_stories_have_ids_of_their_feature(text, expected):
    (item,) = read(SPEC, text).items
    assert (item.item_id, item.kind, item.title, item.status) == expected


@pytest.mark.parametrize("text", ["See FR-001 for more.", "```\n- **FR-001**: x\n```", "<!-- - **FR-001**: x -->"])
def test_what_only_mentions_an_id_is_no_item(text):
    assert read(SPEC, text).items == ()


def test_a_task_cites_what_its_line_names_once():
    (item,) = read(TASKS, "- [x] T012 [P] [US1] Moor ships per FR-001 and FR-001\n- [ ] T013 Tidy up\n").items
    assert (item.nature, item.item_id, item.status) == ("tag", "001-berths/T012", "done")
    assert [(link.to_id, link.role, link.col) for link in item.links] == [
        ("001-berths/US1", "covers", 16),
        ("001-berths/FR-001", "covers", 37),
    ]


@pytest.mark.parametrize(
    "path",
    [b"specs/berths/spec.md", b"docs/001-berths/spec.md", b".specify/templates/spec.md", b"specs/001-berths/plan.md"],
)
def test_only_numbered_features_are_read(path):
    assert SPECKIT.dialect(path) is None
