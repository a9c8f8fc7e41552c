"""Merges that swapped the sides: the main line goes on where it was."""

from __future__ import annotations

from typing import Any

import pytest

from trueline.analyses.landed.changes import Repository, land
from trueline.analyses.landed.history import Commit
from trueline.analyses.landed.sides import Pull, read_pull
from trueline.analyses.landed.tables import LANDED_CHANGES

DAY = 86_400_000_000
INTO_TOPIC = "Merge branch 'main' into tills"
PULLED = "Merge branch 'main' of github.test:harbour/shop"
FROM_ORIGIN = "Merge remote-tracking branch 'origin/main'"
FROM_A_FORK = "Merge branch 'main' of github.test:ann/shop"
FROM_A_FOLDER = "Merge branch 'main' of ../shop"


def commit(commit_id: str, parents: str, day: int, subject: str | None = None, **more: Any) -> Commit:
    return Commit(commit_id, parents.split(), day * DAY, day * DAY, subject=subject or commit_id, **more)


def history(subject: str, *, topic: str = "t", main: str = "m") -> list[Commit]:
    """A topic of two commits, a main line of two more, and a merge whose first parent is the topic."""
    return [
        commit("m0", "", 1, author_key="ann"),
        commit("t1", "m0", 2, f"{topic}1", author_key="bob"),
        commit("t2", "t1", 3, f"{topic}2", author_key="bob"),
        commit("m1", "m0", 4, f"{main}1", author_key="ann"),
        commit("m2", "m1", 5, f"{main}2", author_key="ann"),
        commit("x", "t2 m2", 6, subject, author_key="bob"),
    ]


def changes(commits: list[Commit], branch: str | None = "main", head: str = "x") -> list[dict[str, Any]]:
    rows = land(Repository("harbour/shop", branch, head), commits, [], 100 * DAY)["landed_changes"]
    return [dict(zip(LANDED_CHANGES.column_names, row, strict=True)) for row in rows]


def told(commits: list[Commit], branch: str | None = "main") -> tuple[list[str], Any, Any, Any]:
    found = changes(commits, branch)
    last = found[-1]
    return [one["change_id"] for one in found], last["main_side"], last["commits"], last["is_exact"]


@pytest.mark.parametrize("subject", [INTO_TOPIC, PULLED, FROM_ORIGIN])
def test_what_the_main_line_had_landed_when_it_did_and_the_topic_with_the_merge(subject: str) -> None:
    line, side, commits, _ = told(history(subject))
    assert (line, side, commits) == (["m0", "m1", "m2", "x"], "second", 2)


def test_the_topic_s_author_is_that_of_the_change() -> None:
    assert [one["author_key"] for one in changes(history(INTO_TOPIC))] == ["ann", "ann", "ann", "bob"]


def test_a_merge_of_a_topic_keeps_its_sides() -> None:
    line, side, commits, is_exact = told(history("Merge branch 'tills'"))
    assert (line, side, commits, is_exact) == (["m0", "t1", "t2", "x"], "first", 2, True)


def test_a_fork_s_main_line_is_no_main_line() -> None:
    assert told(history(FROM_A_FORK))[:2] == (["m0", "t1", "t2", "x"], "first")


def test_a_former_address_is_known_by_what_landed_there() -> None:
    commits = history(FROM_A_FORK)
    commits[4] = commit("m2", "m1 b1", 5, "Merge pull request #4 from ann/berths")
    assert told([*commits, commit("b1", "m1", 4)])[:2] == (["m0", "m1", "m2", "x"], "second")


def test_where_an_address_says_nothing_the_line_that_others_landed_on_was_the_main_one() -> None:
    commits = history(FROM_A_FOLDER)
    commits[3] = commit("m1", "m0", 4, "Add berths (#4)")
    assert told(commits)[:2] == (["m0", "m1", "m2", "x"], "second")


def test_where_neither_tells_the_first_parent_stays_and_that_is_said() -> None:
    line, side, _, is_exact = told(history(FROM_A_FOLDER))
    assert (line, side, is_exact) == (["m0", "t1", "t2", "x"], "unclear", False)


def test_where_others_landed_on_the_topic_too_nobody_can_say() -> None:
    commits = history(INTO_TOPIC)
    commits[2] = commit("t2", "t1", 3, "Add tills (#3)")
    last = changes(commits)[-1]
    assert (last["main_side"], last["is_exact"], last["style_confidence"]) == ("unclear", False, 0.5)


def test_a_topic_that_pulled_twice_is_followed_through_both() -> None:
    commits = [*history(INTO_TOPIC), commit("t3", "x", 7), commit("m3", "m2", 8), commit("y", "t3 m3", 9, INTO_TOPIC)]
    assert [one["change_id"] for one in changes(commits, head="y")] == ["m0", "m1", "m2", "m3", "y"]


def test_another_line_merged_into_the_main_one_is_none() -> None:
    assert told(history("Merge branch 'main' into develop"), "develop")[:2] == (["m0", "t1", "t2", "x"], "first")


def test_a_side_that_the_evidence_does_not_hold_tells_nothing() -> None:
    commits = [one for one in history(INTO_TOPIC) if one.commit_id != "m2"]
    assert told(commits)[1] == "unclear"


@pytest.mark.parametrize(
    ("subject", "pull"),
    [
        (INTO_TOPIC, Pull("tills", None)),
        ("Merge branch 'master' into main", Pull("main", None)),
        (FROM_ORIGIN, Pull(None, "origin")),
        ("Merge remote branch 'real/main' into 'tills'", Pull("tills", "real")),
        (PULLED + " into tills", Pull("tills", "github.test:harbour/shop")),
        ("Merge branch 'main'", None),
        ("Merge branch 'stable' into tills", None),
        ("Merge pull request #3 from ann/main", None),
        (None, None),
    ],
)
def test_a_message_says_what_was_merged_into_what(subject: str | None, pull: Pull | None) -> None:
    assert read_pull(subject, "main") == pull
