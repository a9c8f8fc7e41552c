"""What `new` writes, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from trueline.app.handbook import handbook_of
from trueline.app.new import compose, kind_named, slug, write
from trueline.model.errors import BadInput, UsageError

Opened = Callable[..., Any]


def test_a_record_goes_where_its_kind_belongs_and_can_be_read(opened: Opened):
    workspace, definitions = opened()
    record = compose(workspace, definitions, "team", "yard", ["title=Yard: north", "handle=@acme/yard"])

    write(record)

    assert record.path == "teams/yard.md"
    read = handbook_of(opened()[0]).records(definitions.kinds, {})
    assert read.problems == ()
    assert read.rows["teams"][0][1:5] == ("yard", "Yard: north", None, "@acme/yard")


def test_a_handbook_folder_is_used_where_there_is_one(opened: Opened):
    workspace, definitions = opened(**{"handbook/README.md": "# Handbook\n"})

    assert compose(workspace, definitions, "team", "yard", []).path == "handbook/teams/yard.md"


def test_a_glob_of_the_settings_says_where_its_kind_goes(opened: Opened):
    settings = 'schema = 1\n[records]\n"docs/adr/[0-9]*.md" = "decision"\n"decided/*.md" = "decision"\n'
    workspace, definitions = opened(**{"trueline.toml": settings})

    assert compose(workspace, definitions, "decision", "cents", []).path == "decided/cents.md"
    assert compose(workspace, definitions, "team", "yard", []).path == "teams/yard.md"


def test_the_id_is_made_from_the_title_where_none_is_given(opened: Opened):
    record = compose(*opened(), "decision", None, ["title=Keep Whole  Cents!"])

    assert record.id == "keep-whole-cents"
    with pytest.raises(UsageError, match="a new decision needs an id"):
        compose(*opened(), "decision", None, [])


def test_required_fields_without_a_value_are_left_to_be_filled_in(opened: Opened):
    record = compose(*opened(), "decision", "cents", ["title=Cents"])

    assert record.to_fill_in == ("status",)
    assert "\nstatus:\n" in record.content


def test_everything_that_is_wrong_is_said_at_once(opened: Opened):
    given = ["title=A", "title=B", "status=acepted", "decided_on=2026-13-01", "nope=1", "bare"]

    with pytest.raises(BadInput) as refused:
        compose(*opened(), "decision", "cents", given)

    said = {problem.path: problem.message for problem in refused.value.problems}
    assert said == {
        "--set bare": '"bare" is not field=value',
        "--set decided_on": 'decided_on must be a date such as 2026-01-31, not "2026-13-01"',
        "--set nope": '"nope" is no field of decision',
        "--set status": 'status must be one of proposed, accepted, superseded, rejected, not "acepted"',
        "--set title": "title is given twice",
    }


def test_a_record_that_it_names_must_be_there(opened: Opened):
    with pytest.raises(BadInput, match='no team is named "yard"'):
        compose(*opened(), "service", "berths", ["title=Berths", "team=yard"])

    team = "---\nkind: team\nid: yard\ntitle: Yard\n---\n"
    assert (
        compose(*opened(**{"teams/yard.md": team}), "service", "berths", ["title=Berths", "team=yard"]).to_fill_in == ()
    )


def test_an_id_that_a_record_elsewhere_has_is_refused(opened: Opened):
    team = "---\nkind: team\nid: yard\ntitle: Yard\n---\n"

    with pytest.raises(BadInput, match=r'team "yard" is already at old/yard\.md'):
        compose(*opened(**{"old/yard.md": team}), "team", "yard", ["title=Yard"])


def test_a_file_that_exists_is_never_written_over(opened: Opened):
    with pytest.raises(UsageError, match=r"teams/yard\.md is there already"):
        compose(*opened(**{"teams/yard.md": "notes\n"}), "team", "yard", ["title=Yard"])


@pytest.mark.parametrize("id", ["../yard", "a/b", ".hidden", "two words", "back\\slash"])
def test_an_id_that_would_leave_its_folder_is_refused(opened: Opened, id: str):
    with pytest.raises(UsageError, match="cannot be an id"):
        compose(*opened(), "team", id, ["title=Yard"])


def test_an_unknown_kind_is_told_the_nearest_one(opened: Opened):
    _, definitions = opened()

    with pytest.raises(UsageError, match=r'there is no kind "servce"\. Did you mean service\?'):
        kind_named("servce", definitions)


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("Gamma Söhne", "gamma-sohne"),
        ("Straße 7", "strasse-7"),
        ("Ørsted & Łódź", "orsted-lodz"),
        ("  Crème brûlée! ", "creme-brulee"),
        ("港", ""),
    ],
)
def test_an_id_made_from_a_title_keeps_its_latin_letters(title: str, id: str):
    assert slug(title) == id


def test_a_long_title_gives_an_id_that_does_not_end_in_a_hyphen():
    assert slug("a" * 79 + " b") == "a" * 79
