"""Findings are found by their owner, however the owner is written."""

from __future__ import annotations

import pytest

from trueline.model.finding import Finding
from trueline.surfaces.cli.finding_rows import is_owned_by, owners


def finding(likely_owner: str | None, owner: str | None = None) -> Finding:
    return Finding("F-00000000", "people.any", "quay", "x", "is wrong", "low", likely_owner=likely_owner, owner=owner)


@pytest.mark.parametrize(
    "name", ["platform-lead", "platform lead", "Platform Lead", "role:platform-lead", "role: platform_lead"]
)
def test_a_role_may_be_written_as_any_surface_shows_it(name: str):
    assert is_owned_by(finding("role:platform-lead"), name)


def test_each_of_two_teams_owns_a_finding_and_nobody_else_does():
    both = finding("@acme/yard, @acme/quay")
    assert [is_owned_by(both, name) for name in ("@acme/quay", "@Acme/Yard", "acme", "")] == [True, True, False, False]


def test_whom_it_was_given_to_counts_and_not_who_was_likely():
    adopted = finding("role:head-of-engineering", owner="role:yard-lead")
    assert (is_owned_by(adopted, "yard lead"), is_owned_by(adopted, "head of engineering")) == (True, False)


def test_the_owners_that_there_are_can_be_listed():
    found = [finding("role:yard-lead"), finding("@acme/yard, @acme/quay"), finding(None)]
    assert owners(found) == ["@acme/quay", "@acme/yard", "yard-lead"]
