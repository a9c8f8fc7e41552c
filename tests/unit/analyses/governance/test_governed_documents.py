from __future__ import annotations

from datetime import date

import pytest

from trueline.analyses.governance.classes import DocumentClass, matcher, state_of, usual_classes
from trueline.analyses.governance.dates import day_of
from trueline.analyses.governance.owners import shown_owner


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("Accepted", "accepted"),
        ("**Superseded** by [ADR-7](7.md)", "superseded"),
        ("✅ accepted, 2026", "accepted"),
        ("In Review (round 2)", "in review"),
        ("acceptedish", None),
        ("", None),
    ],
)
def test_a_state_is_known_by_how_its_text_begins(written: str, state: str | None):
    assert state_of(written, ["Accepted", "Superseded", "In review", "In"]) == state


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("2 March 2026", date(2026, 3, 2)),
        ("March 2nd, 2026", date(2026, 3, 2)),
        ("Last read 2026/03/02 by the team", date(2026, 3, 2)),
        ("02.03.2026", date(2026, 3, 2)),
        ("3/4/2026", None),
        ("2026-13-45", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_in_the_forms_that_people_write(text: str, day: date | None):
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("owner", "shown"),
    [
        ("role:specs", "role:specs"),
        ("@harbour/yard", "@harbour/yard"),
        ("Head of Specs Team", "Head of Specs Team"),
        ("Harbour master", "Harbour master"),
        ("Ana Lima", "a person"),
        ("ana@harbour.test", "a person"),
        ("lead@harbour.test", "a person"),
        (None, None),
    ],
)
def test_an_owner_is_shown_where_it_is_a_role_or_a_team(owner: str | None, shown: str | None):
    assert shown_owner(owner, ["harbour master"]) == shown


def test_paths_are_at_home_without_regard_to_case_and_what_is_left_out_is_not():
    decision = next(one for one in usual_classes() if one.id == "decision")

    assert matcher(decision)("docs/ADR/0001-Use-git.md")
    assert not matcher(decision)("docs/adr/README.md")
    assert not matcher(decision)("docs/notes.md")


def test_the_mark_of_a_class_is_a_field_and_a_value():
    one = DocumentClass("charter", {"marked_by": "Document type = Charter"})

    assert one.mark() == ("document_type", "charter")
    assert DocumentClass("x", {}).mark() is None
