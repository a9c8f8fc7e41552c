"""How changes came to the main line."""

from __future__ import annotations

from trueline.analyses.landed.history import Commit
from trueline.analyses.landed.styles import Landing, is_pull_of_same_branch, landings, number_at_end

SECOND = 1_000_000
DAY = 86_400 * SECOND


def commit(at: int, subject: str = "Work", author: str = "ann", lag: int = 0, parents: int = 1) -> Commit:
    ids = tuple(f"p{n}" for n in range(parents))
    return Commit(f"c{at}", ids, at, at - lag, author, "carl", subject)


def styles(*line: Commit) -> list[tuple[int, int, str]]:
    return [(one.first, one.last, one.style) for one in landings(line, "main")]


def test_a_commit_with_two_parents_is_a_merge_for_certain() -> None:
    assert landings([commit(1, "Merge pull request #7 from x", parents=2)], "main") == [Landing(0, 0, "merge", 1.0)]


def test_a_number_at_the_end_of_the_subject_is_a_squash() -> None:
    assert landings([commit(1, "Add tills (#12)")], "main") == [Landing(0, 0, "squash", 0.95, 12)]


def test_only_a_number_at_the_end_counts() -> None:
    assert number_at_end("Add tills (!12)") == 12
    assert number_at_end("Add tills (pull request #12)") == 12
    assert number_at_end('Revert "Add tills (#12)"') is None
    assert number_at_end("[Fix #12] tills") is None
    assert number_at_end(None) is None


def test_pulling_the_same_branch_before_a_push_is_direct() -> None:
    assert is_pull_of_same_branch("Merge branch 'main' of host:shop/till", "main")
    assert is_pull_of_same_branch("Merge branch 'master' of host:shop/till", "main")
    assert is_pull_of_same_branch("Merge remote-tracking branch 'origin/main'", "main")
    assert styles(commit(1, "Merge branch 'main' of host:shop/till", parents=2)) == [(0, 0, "direct")]


def test_merging_another_branch_is_a_merge() -> None:
    assert not is_pull_of_same_branch("Merge branch 'tills' of host:shop/till", "main")
    assert not is_pull_of_same_branch("Merge branch 'main' of host:shop/till into tills", "main")
    assert not is_pull_of_same_branch("Merge remote-tracking branch 'origin/stable'", "main")
    assert not is_pull_of_same_branch(None, None)


def test_commits_written_apart_and_committed_within_a_minute_are_one_rebase() -> None:
    at = 10 * DAY
    line = [commit(at, lag=3600 * SECOND), commit(at + 30 * SECOND, lag=60 * SECOND), commit(at + 2 * DAY)]
    assert styles(*line) == [(0, 1, "rebase"), (2, 2, "direct")]


def test_commits_of_two_authors_are_two_changes() -> None:
    at = 10 * DAY
    assert styles(commit(at, lag=3 * DAY), commit(at, author="bob", lag=3 * DAY)) == [
        (0, 0, "rebase"),
        (1, 1, "rebase"),
    ]


def test_commits_written_and_pushed_at_once_are_direct() -> None:
    at = 10 * DAY
    assert styles(commit(at), commit(at + 20 * SECOND)) == [(0, 0, "direct"), (1, 1, "direct")]


def test_a_commit_written_more_than_a_day_before_is_a_rebase() -> None:
    assert styles(commit(10 * DAY, lag=DAY + 1)) == [(0, 0, "rebase")]
    assert styles(commit(10 * DAY, lag=DAY)) == [(0, 0, "direct")]


def test_direct_is_surer_where_nothing_else_is_ever_seen() -> None:
    alone = landings([commit(DAY), commit(2 * DAY)], "main")
    beside = landings([commit(DAY), commit(2 * DAY, "Add tills (#12)")], "main")
    assert [one.confidence for one in alone] == [0.9, 0.9]
    assert beside[0].confidence == 0.5


def test_no_history_has_no_changes() -> None:
    assert landings([], None) == []
