from __future__ import annotations

import pytest

from trueline.analyses.governance.roles import key_of_role, role_mentions

PLACE = ("quay", "a.md")


def roles(field: str, written: str) -> list[tuple[str, bool]]:
    rows = role_mentions({PLACE: {field: [(written, 3)]}}, {PLACE}, ["harbour master"])
    return [(row[4], row[5]) for row in rows]


def test_a_reference_counts_in_every_field_and_a_name_only_where_roles_are_named():
    assert roles("may_own", "role:specs, role:yard-lead") == [("specs", True), ("yard lead", True)]
    assert roles("approver", "Head of Specs") == [("head of specs", False)]
    assert roles("reviewed_by", "Head of Specs") == []


@pytest.mark.parametrize("written", ["Ana Lima", "lead@quay.test", "Yard team", "@quay/yard", "all maintainers", "TBD"])
def test_persons_and_teams_are_no_roles(written: str):
    assert roles("owner", written) == []


def test_a_person_beside_a_reference_is_left_out():
    assert roles("owner", "Ana Lima (role:specs)") == [("specs", True)]


def test_several_names_are_several_roles():
    assert roles("approver", "Head of Specs; the Yard Lead") == [("head of specs", False), ("yard lead", False)]


def test_a_role_of_a_charter_counts_whatever_its_words():
    assert roles("owner", "Harbour Master") == [("harbour master", False)]


def test_documents_that_nobody_governs_name_no_role():
    assert list(role_mentions({PLACE: {"owner": [("role:specs", 3)]}}, set(), [])) == []


def test_spellings_of_one_role_are_compared_as_one():
    assert {key_of_role(one) for one in ("role:head-of-specs", "the Head of Specs", "`Head_of  Specs.`")} == {
        "head of specs"
    }
