"""What must hold of landed changes for any history."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from trueline.analyses.landed.changes import Repository, land
from trueline.analyses.landed.history import Commit, History
from trueline.analyses.landed.releases import Tag
from trueline.analyses.landed.tables import LANDED_CHANGES, RELEASES

MINUTE = 60_000_000
ALWAYS = 2**60
SUBJECTS = ("Work", "Work (#3)", "Merge branch 'main' of host:shop", "Merge branch 'tills'")
TAGS = ("v1.0", "v1.1-rc1", "v1.1", "ledger@0.3", "latest", "v2")


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Commit], list[Tag]]:
    """Any graph of commits in which parents come before children; times may be wrong, parents may be missing."""
    commits: list[Commit] = []
    for number in range(draw(st.integers(1, 20))):
        known = [commit.commit_id for commit in commits]
        some = st.lists(st.sampled_from([*known, "missing"]), max_size=3, unique=True)
        at = draw(st.integers(0, 6)) * MINUTE
        commits.append(
            Commit(
                commit_id=f"c{draw(st.integers(0, 9))}-{number}",
                parent_ids=tuple(draw(some)),
                committed_at=at,
                authored_at=at - draw(st.sampled_from((0, 2 * MINUTE, 3000 * MINUTE))),
                author_key=draw(st.sampled_from(("ann", "bob", None))),
                committer_key="carl",
                subject=draw(st.sampled_from(SUBJECTS)),
                reverts_commit_id=draw(st.sampled_from([*known, None])),
                is_impossible=draw(st.integers(0, 5)) == 0,
            )
        )
    named = draw(st.lists(st.sampled_from(TAGS), unique=True))
    tags = [Tag(name, draw(st.sampled_from(commits)).commit_id, draw(st.integers(0, 9)) * MINUTE) for name in named]
    return commits, tags


def landed(history: tuple[list[Commit], list[Tag]]) -> dict[str, list[Any]]:
    commits, tags = history
    return dict(land(Repository("shop", "main", commits[-1].commit_id), commits, tags, ALWAYS))


@given(histories())
def test_every_reachable_commit_belongs_to_exactly_one_landed_change(history: tuple[list[Commit], list[Tag]]) -> None:
    graph = History(history[0])
    head = graph.number_of[history[0][-1].commit_id]
    reachable = graph.unvisited_ancestors(head, bytearray(len(graph)))
    rows = landed(history)
    assert sorted(row[2] for row in rows["landed_commits"]) == sorted(graph.commits[n].commit_id for n in reachable)
    assert {row[1] for row in rows["landed_commits"]} == {row[1] for row in rows["landed_changes"]}


@given(histories())
def test_parents_arrive_before_their_children(history: tuple[list[Commit], list[Tag]]) -> None:
    position = {row[2]: row[3] for row in landed(history)["landed_commits"]}
    for commit in history[0]:
        if commit.commit_id in position:
            earlier = [position[parent] for parent in commit.parent_ids if parent in position]
            assert all(place < position[commit.commit_id] for place in earlier)


@given(histories())
def test_landing_times_never_decrease(history: tuple[list[Commit], list[Tag]]) -> None:
    times = [row[3] for row in landed(history)["main_line"]]
    assert times == sorted(times)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(history: tuple[list[Commit], list[Tag]], chance: random.Random) -> None:
    commits, tags = history
    head = Repository("shop", "main", commits[-1].commit_id)
    shuffled = land(head, chance.sample(commits, len(commits)), chance.sample(tags, len(tags)), ALWAYS)
    assert shuffled == land(head, commits, tags, ALWAYS)


@given(histories(), st.integers(0, 8))
def test_a_past_day_sees_a_beginning_of_the_same_main_line(history: tuple[list[Commit], list[Tag]], day: int) -> None:
    commits, _ = history
    head = Repository("shop", "main", commits[-1].commit_id)
    past = land(head, commits, [], day * MINUTE)["main_line"]
    assert past == landed(history)["main_line"][: len(past)]


@given(histories())
def test_a_change_is_reverted_only_by_another_and_released_only_where_all_it_brought_is(
    history: tuple[list[Commit], list[Tag]],
) -> None:
    graph = History(history[0])
    rows = landed(history)
    releases = [dict(zip(RELEASES.column_names, row, strict=True)) for row in rows["releases"]]
    position = {release["tag"]: release["position"] for release in releases}
    for row in rows["landed_changes"]:
        change = dict(zip(LANDED_CHANGES.column_names, row, strict=True))
        assert change["reverts_change_id"] != change["change_id"]
        if change["release_evidence"] == "history":
            out = [
                graph.number_of[r["commit_id"]] for r in releases if r["position"] <= position[change["first_release"]]
            ]
            visited = bytearray(len(graph))
            held = {number for start in out for number in graph.unvisited_ancestors(start, visited)}
            members = [member[2] for member in rows["landed_commits"] if member[1] == change["change_id"]]
            brought = members[: change["commits"]] or members
            assert all(graph.number_of[commit_id] in held for commit_id in brought)
