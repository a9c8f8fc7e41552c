"""What was committed since the last collection is not in the evidence, and hides nothing that is."""

from __future__ import annotations

from collections.abc import Callable

from .conftest import Said, Workshop


def test_a_commit_that_was_not_collected_leaves_the_known_history_as_it_is(
    new_repository: Callable[..., Workshop], trueline: Callable[..., Said]
):
    home = new_repository()
    for number in range(3):
        home.commit(f"Change {number}")
    trueline("collect", "-C", home.path).answers()
    sql = "select count(*) as n from landed_commits"
    before = trueline("query", sql, "--format", "json", "-C", home.path).answers().json["rows"]

    home.commit("Not collected")
    after = trueline("query", sql, "--format", "json", "-C", home.path).answers().json["rows"]

    assert before == after == [{"n": 3}]
