"""What landed, when, with which commits, and in which release."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from trueline.analyses.landed.changes import Repository, instant, land, monday_of
from trueline.analyses.landed.history import Commit
from trueline.analyses.landed.releases import Tag
from trueline.analyses.landed.tables import LANDED_CHANGES, RELEASES

DAY = 86_400_000_000
LATER = 10**6 * DAY
SHOP = Repository("shop", "main", "m3")


def commit(commit_id: str, parents: str, day: int, **more: Any) -> Commit:
    return Commit(
        commit_id, parents.split(), day * DAY, day * DAY, **{"author_key": "ann", "subject": commit_id, **more}
    )


def changes(*commits: Commit, head: str = "m3", tags: tuple[Tag, ...] = (), as_of: int = LATER) -> list[dict[str, Any]]:
    rows = land(Repository("shop", "main", head), commits, tags, as_of)["landed_changes"]
    return [dict(zip(LANDED_CHANGES.column_names, row, strict=True)) for row in rows]


MERGED = (
    commit("m1", "", 1),
    commit("m2", "m1", 4),
    commit("b1", "m1", 2, author_key="bob", is_fix=True),
    commit("b2", "b1", 3, author_key="bob", actor_kind="ai_assisted"),
    commit("m3", "m2 b2", 5, change_number=7),
)


def test_a_merge_brings_what_its_first_parent_did_not_have() -> None:
    rows = land(SHOP, MERGED, [], LATER)["landed_commits"]
    assert [row[1:4] for row in rows] == [
        ("m1", "m1", 1),
        ("m2", "m2", 2),
        ("m3", "b1", 3),
        ("m3", "b2", 4),
        ("m3", "m3", 5),
    ]


def test_a_merge_speaks_for_the_commits_it_brought() -> None:
    merge = changes(*MERGED)[-1]
    told = ("style", "is_exact", "number", "commits", "author_key", "actor_kind", "is_fix", "is_revert")
    assert [merge[name] for name in told] == ["merge", True, 7, 2, "bob", "ai_assisted", True, False]


def test_a_merge_of_a_line_that_was_released_waits_for_nothing() -> None:
    tags = [Tag("v1.0", "b2", 3)]
    rows = land(SHOP, MERGED, tags, LATER)["landed_changes"]
    merge = dict(zip(LANDED_CHANGES.column_names, rows[-1], strict=True))
    assert (merge["change_id"], merge["first_release"]) == ("m3", "v1.0")


def test_a_merge_that_brings_nothing_is_still_a_change() -> None:
    empty = changes(commit("m1", "", 1), commit("m2", "m1", 2), commit("m3", "m2 m1", 3, author_key="carl"))[-1]
    assert (empty["commits"], empty["author_key"], empty["style"]) == (0, "carl", "merge")


def test_a_change_landed_no_earlier_than_what_it_stands_on() -> None:
    landed = changes(commit("m1", "", 5), commit("m2", "m1", 3), commit("m3", "m2", 6))
    assert [row["landed_at"] for row in landed] == [instant(5 * DAY), instant(5 * DAY), instant(6 * DAY)]


def test_an_impossible_date_moves_nothing() -> None:
    future = commit("m2", "m1", 50_000, is_impossible=True)
    landed = changes(commit("m1", "", 5), future, commit("m3", "m2", 6), as_of=100 * DAY)
    assert [row["landed_at"] for row in landed] == [instant(5 * DAY), instant(5 * DAY), instant(6 * DAY)]


def test_an_impossible_date_at_the_start_takes_the_first_possible_one() -> None:
    landed = changes(commit("m1", "", 0, is_impossible=True), commit("m3", "m1", 6))
    assert [row["landed_at"] for row in landed] == [instant(6 * DAY), instant(6 * DAY)]


def test_what_landed_after_the_day_asked_for_does_not_count() -> None:
    assert [row["change_id"] for row in changes(*MERGED, as_of=4 * DAY)] == ["m1", "m2"]


def test_another_branch_is_not_taken_for_a_head_that_is_not_in_the_evidence() -> None:
    assert changes(*MERGED, head="gone") == []


def test_commits_that_the_head_does_not_reach_do_not_count() -> None:
    assert [row["change_id"] for row in changes(*MERGED, commit("lost", "m2", 9))] == ["m1", "m2", "m3"]


def test_history_that_was_cut_off_starts_where_the_evidence_does() -> None:
    rows = land(SHOP, [commit("m3", "m2 b2", 5), commit("b2", "b1", 3)], [], LATER)
    assert [row[2] for row in rows["landed_commits"]] == ["b2", "m3"]
    assert len(rows["main_line"]) == 1


def test_a_revert_names_the_change_that_brought_what_it_reverts() -> None:
    undo = commit("m4", "m3", 6, is_revert=True, reverts_commit_id="b1")
    last = changes(*MERGED, undo, head="m4")[-1]
    assert (last["is_revert"], last["reverts_change_id"]) == (True, "m3")


def test_a_revert_inside_one_change_reverts_no_other() -> None:
    inside = commit("b2", "b1", 3, is_revert=True, reverts_commit_id="b1")
    merge = changes(*[inside if one.commit_id == "b2" else one for one in MERGED])[-1]
    assert (merge["is_revert"], merge["reverts_change_id"]) == (False, None)


def test_a_bot_beside_a_person_makes_a_person_s_change() -> None:
    commits = (commit("m1", "", 1), commit("b1", "m1", 2, actor_kind="bot"), commit("b2", "b1", 3, actor_kind="person"))
    assert changes(*commits, commit("m3", "m1 b2", 4, actor_kind="person"))[-1]["actor_kind"] == "person"


def test_a_bot_s_branch_is_a_bot_s_change_whoever_merges_it() -> None:
    commits = (commit("m1", "", 1), commit("b1", "m1", 2, actor_kind="bot", author_key="bot"))
    merge = changes(*commits, commit("m3", "m1 b1", 4, actor_kind="person"))[-1]
    assert (merge["actor_kind"], merge["author_key"]) == ("bot", "bot")


def test_a_change_is_in_the_earliest_final_release_that_holds_it() -> None:
    tags = (
        Tag("v1.0", "m1", DAY),
        Tag("v2.0-rc1", "m2", 4 * DAY),
        Tag("v2.0", "m3", 5 * DAY),
        Tag("v2.1", "m3", 6 * DAY),
    )
    assert [row["first_release"] for row in changes(*MERGED, tags=tags)] == ["v1.0", "v2.0", "v2.0"]
    assert changes(*MERGED, tags=tags)[-1]["first_released_at"] == instant(5 * DAY)


def test_prereleases_count_where_there_is_nothing_else() -> None:
    landed = changes(*MERGED, tags=(Tag("v1.0-rc1", "m2", 4 * DAY),))
    assert [row["first_release"] for row in landed] == ["v1.0-rc1", "v1.0-rc1", None]


def releases(*tags: Tag, commits: tuple[Commit, ...] = MERGED) -> list[dict[str, Any]]:
    rows = land(SHOP, commits, tags, LATER)["releases"]
    return [dict(zip(RELEASES.column_names, row, strict=True)) for row in rows]


def test_a_final_release_counts_since_the_previous_final_one() -> None:
    found = releases(Tag("v1.0", "m1", DAY), Tag("v2.0-rc1", "m2", 4 * DAY), Tag("v2.0", "m3", 5 * DAY))
    assert [(row["tag"], row["commits_since_previous"]) for row in found] == [("v1.0", 1), ("v2.0-rc1", 1), ("v2.0", 4)]


def test_a_release_of_a_branch_that_was_never_merged_is_not_on_main_and_still_holds_older_changes() -> None:
    commits = (*MERGED, commit("s1", "m2", 6))
    (found,) = releases(Tag("v1.1", "s1", 6 * DAY), commits=commits)
    assert (found["is_on_main"], found["commits_since_previous"]) == (False, 3)
    landed = changes(*commits, tags=(Tag("v1.1", "s1", 6 * DAY),))
    assert [row["first_release"] for row in landed] == ["v1.1", "v1.1", None]


def test_a_release_is_never_older_than_its_commit() -> None:
    (found,) = releases(Tag("v1.0", "m3", DAY))
    assert found["released_at"] == instant(5 * DAY)


def test_a_tag_whose_commit_is_not_in_the_evidence_says_nothing_about_commits() -> None:
    (found,) = releases(Tag("v1.0", "gone", DAY))
    assert (found["is_on_main"], found["commits_since_previous"]) == (False, None)


def test_a_single_number_beside_longer_ones_is_a_pointer_and_no_release() -> None:
    found = releases(Tag("v1", "m3", 5 * DAY), Tag("v1.0", "m1", DAY), Tag("v2", "m3", 5 * DAY))
    assert [row["tag"] for row in found] == ["v1.0", "v2"]


def test_weeks_start_on_monday_in_utc() -> None:
    sunday = int(datetime(2026, 3, 1, 23, 59, tzinfo=UTC).timestamp()) * 1_000_000
    assert monday_of(sunday) == date(2026, 2, 23)
    assert monday_of(sunday + 60_000_000) == date(2026, 3, 2)


def test_a_long_history_needs_no_recursion() -> None:
    chain = [commit(f"c{n:05}", f"c{n - 1:05}" if n else "", n) for n in range(20_000)]
    merge = commit("m3", "m1 c19999", 20_001)
    assert changes(commit("m1", "", 1), *chain, merge)[-1]["commits"] == 20_000
