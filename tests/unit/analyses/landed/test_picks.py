"""What shipped on a release line shipped, though the release does not hold the commit of the main line."""

from __future__ import annotations

from typing import Any

import pytest

from trueline.analyses.landed.changes import Repository, land
from trueline.analyses.landed.history import Commit
from trueline.analyses.landed.picks import OWN_RELEASE
from trueline.analyses.landed.releases import Tag
from trueline.analyses.landed.tables import LANDED_CHANGES, LANDED_COMMITS

DAY = 86_400_000_000


def commit(commit_id: str, parents: str, day: int, **more: Any) -> Commit:
    given = {"author_key": "ann", "subject": commit_id, "authored_at": day * DAY, **more}
    return Commit(commit_id, parents.split(), day * DAY, **given)


def land_all(*commits: Commit, tags: list[Tag], head: str = "m2") -> dict[str, list[tuple[Any, ...]]]:
    return dict(land(Repository("shop", "main", head), commits, tags, 100 * DAY))  # type: ignore[arg-type]


def releases(*commits: Commit, tags: list[Tag], head: str = "m2") -> dict[str, tuple[Any, Any]]:
    """Return first release and its evidence by change."""
    rows = land_all(*commits, tags=tags, head=head)["landed_changes"]
    found = [dict(zip(LANDED_CHANGES.column_names, row, strict=True)) for row in rows]
    return {one["change_id"]: (one["first_release"], one["release_evidence"]) for one in found}


MAIN = (commit("m1", "", 1), commit("m2", "m1", 2, subject="Mend the till"))
FIRST = Tag("v1.0.0", "m1", 1 * DAY)
PATCH = Tag("v1.0.1", "p", 4 * DAY)


def pick(**more: Any) -> Commit:
    return commit("p", "m1", 3, **{"subject": "Mend the till", "authored_at": 2 * DAY, **more})


def test_a_change_whose_pick_shipped_is_out_since_then() -> None:
    named = pick(picked_from_commit_id="m2", subject="Something", author_key="bob")
    assert releases(*MAIN, named, tags=[FIRST, PATCH]) == {"m1": ("v1.0.0", "history"), "m2": ("v1.0.1", "message")}


def test_author_date_and_subject_give_a_pick_away_that_names_nothing() -> None:
    assert releases(*MAIN, pick(), tags=[FIRST, PATCH])["m2"] == ("v1.0.1", "author and date")


@pytest.mark.parametrize(
    "other", [{"author_key": "bob"}, {"author_key": None}, {"authored_at": 3 * DAY}, {"subject": "?"}]
)
def test_any_two_of_them_do_not(other: dict[str, Any]) -> None:
    assert releases(*MAIN, pick(**other), tags=[FIRST, PATCH])["m2"] == (None, None)


def test_what_two_of_the_main_line_share_gives_none_of_them_away() -> None:
    twin = commit("m3", "m2", 3, subject="Mend the till", authored_at=2 * DAY)
    assert releases(*MAIN, twin, pick(), tags=[FIRST, PATCH], head="m3")["m3"] == (None, None)


def test_a_pick_that_no_release_holds_ships_nothing() -> None:
    assert releases(*MAIN, pick(), tags=[FIRST])["m2"] == (None, None)


def test_what_the_main_line_released_before_the_pick_counts() -> None:
    earlier = Tag("v1.1.0", "m2", 3 * DAY)
    assert releases(*MAIN, pick(), tags=[FIRST, earlier, PATCH])["m2"] == ("v1.1.0", "history")


def test_a_later_release_of_the_main_line_does_not_unship_it() -> None:
    later = Tag("v1.1.0", "m2", 9 * DAY)
    assert releases(*MAIN, pick(), tags=[FIRST, PATCH, later])["m2"] == ("v1.0.1", "author and date")


def test_a_commit_itself_is_in_the_releases_that_hold_it() -> None:
    rows = land_all(*MAIN, pick(), tags=[FIRST, PATCH])["landed_commits"]
    found = [dict(zip(LANDED_COMMITS.column_names, row, strict=True)) for row in rows]
    assert [(one["commit_id"], one["first_release"]) for one in found] == [("m1", "v1.0.0"), ("m2", None)]


def test_a_merge_ships_with_a_pick_of_itself_or_of_all_that_it_brought() -> None:
    merged = (commit("m1", "", 1), commit("b1", "m1", 2), commit("b2", "b1", 2), commit("m2", "m1 b2", 3))
    one = commit("p1", "m1", 4, picked_from_commit_id="b1")
    both = (one, commit("p", "p1", 5, picked_from_commit_id="b2"))
    whole = commit("p", "m1", 5, picked_from_commit_id="m2")
    assert releases(*merged, *both, tags=[FIRST, PATCH])["m2"] == ("v1.0.1", "message")
    assert releases(*merged, whole, tags=[FIRST, PATCH])["m2"] == ("v1.0.1", "message")
    assert releases(*merged, one, tags=[FIRST, Tag("v1.0.1", "p1", 4 * DAY)])["m2"] == (None, None)


def test_what_a_release_line_had_first_was_out_before_it_landed() -> None:
    landed = commit("m2", "m1", 5, picked_from_commit_id="p", subject="Bring it here")
    assert releases(MAIN[0], commit("p", "m1", 3), landed, tags=[FIRST, PATCH])["m2"] == ("v1.0.1", "message")


@pytest.mark.parametrize(
    "subject",
    ["Bump version to 1.2.4-dev", "v1.2.3", "Release 2.0", "Update Ansible release version to v2.9", "prepare release",
     "[maven-release-plugin] prepare", "Bump to 1.2.3", "New release v2.8.0"],
)  # fmt: skip
def test_a_release_s_own_commit_is_made_anew_on_each_line(subject: str) -> None:
    assert OWN_RELEASE.match(subject)
    assert releases(MAIN[0], commit("m2", "m1", 2, subject=subject), pick(subject=subject), tags=[FIRST, PATCH])[
        "m2"
    ] == (None, None)


@pytest.mark.parametrize(
    "subject", ["Bump lodash from 4.17.20 to 4.17.21", "Release the lock", "Mend v1.2 imports", ""]
)
def test_other_subjects_are_none(subject: str) -> None:
    assert not OWN_RELEASE.match(subject)
