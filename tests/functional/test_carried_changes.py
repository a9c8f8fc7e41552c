"""Changes are followed by their contents: onto release lines, through squashes whose branch is still there, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import NOW, Said, Workshop

Trueline = Callable[..., Said]
DAY = 86_400


def lines(*words: str) -> str:
    return "".join(f"{word}\n" for word in words)


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    """A main line of three files, and a release line that began with it."""
    shop = new_repository()
    shop.commit("Begin", {"a.txt": lines(*"abcdefgh"), "b.txt": "b\n"}, at=NOW - 60 * DAY)
    shop.git("branch", "1.x")
    return shop


def pick(shop: Workshop, commit_id: str, *options: str) -> None:
    """Put a commit of the main line on the release line, and release that."""
    when = f"@{NOW - 20 * DAY} +0000"
    shop.git("checkout", "-q", "1.x")
    shop.git("cherry-pick", *options, commit_id, GIT_COMMITTER_DATE=when)
    shop.git("tag", f"v1.0.{len(shop.git('tag'))}")
    shop.git("checkout", "-q", "main")


def carried(trueline: Trueline, shop: Workshop) -> list[tuple[Any, ...]]:
    trueline("collect", "-C", shop.path).answers()
    said = trueline(
        "query", "-C", shop.path, "--as-of", "2026-02-25", "--format", "json",
        "select c.how, c.evidence, o.subject, c.origin_commit_id, c.is_on_main from carried_changes as c "
        "left join commits as o on o.commit_id = c.origin_commit_id order by c.how, o.subject",
    )  # fmt: skip
    return [tuple(row.values()) for row in said.answers().json["rows"]]


def test_a_cherry_pick_that_says_so_is_known_by_its_message(trueline: Trueline, shop: Workshop):
    origin = shop.commit("Mend b", {"b.txt": "B\n"}, at=NOW - 40 * DAY)
    pick(shop, origin, "-x")
    assert carried(trueline, shop) == [("cherry_pick", "message", "Mend b", origin, False)]


def test_one_that_says_nothing_is_known_by_its_contents(trueline: Trueline, shop: Workshop):
    origin = shop.commit("Mend b", {"b.txt": "B\n"}, at=NOW - 40 * DAY)
    pick(shop, origin)
    assert carried(trueline, shop) == [("same_change", "contents", "Mend b", origin, False)]


def test_a_backport_is_known_by_author_and_date(trueline: Trueline, shop: Workshop):
    shop.commit("Change the end", {"a.txt": lines(*"abcdefg", "end")}, at=NOW - 41 * DAY)
    origin = shop.commit("Mend the start", {"a.txt": lines("start", *"bcdefg", "end")}, at=NOW - 40 * DAY)
    pick(shop, origin)
    assert carried(trueline, shop) == [("backport", "author and date", "Mend the start", origin, False)]


def test_of_two_commits_that_author_and_date_cannot_tell_apart_none_is_taken(trueline: Trueline, shop: Workshop):
    shop.commit("Change the end", {"a.txt": lines(*"abcdefg", "end")}, at=NOW - 41 * DAY)
    origin = shop.commit("Mend", {"a.txt": lines("start", *"bcdefg", "end")}, at=NOW - 40 * DAY)
    shop.commit("Mend", {"b.txt": "B\n"}, at=NOW - 40 * DAY)
    pick(shop, origin)
    assert carried(trueline, shop) == []


def pick_forward(shop: Workshop, files: dict[str, str], *options: str) -> str:
    """Change a release line first, and then put that on the main line; return the origin."""
    shop.git("checkout", "-q", "1.x")
    origin = shop.commit("Mend in haste", files, at=NOW - 30 * DAY)
    shop.git("tag", "v1.0.1")
    shop.git("checkout", "-q", "main")
    shop.git("cherry-pick", *options, origin, GIT_COMMITTER_DATE=f"@{NOW - 20 * DAY} +0000")
    return origin


def test_what_a_release_line_had_first_was_carried_to_the_main_line(trueline: Trueline, shop: Workshop):
    origin = pick_forward(shop, {"b.txt": "B\n"})
    assert carried(trueline, shop) == [("same_change", "contents", "Mend in haste", origin, True)]


def test_so_it_was_where_the_contents_differ(trueline: Trueline, shop: Workshop):
    shop.commit("Change the end", {"a.txt": lines(*"abcdefg", "end")}, at=NOW - 41 * DAY)
    origin = pick_forward(shop, {"a.txt": lines("start", *"bcdefgh")})
    assert carried(trueline, shop) == [("forward_port", "author and date", "Mend in haste", origin, True)]


@pytest.mark.parametrize("end", ["h", "end"])
def test_what_a_message_says_of_it_is_one_row(trueline: Trueline, shop: Workshop, end: str):
    shop.commit("Change the end", {"a.txt": lines(*"abcdefg", end), "c.txt": "c\n"}, at=NOW - 41 * DAY)
    origin = pick_forward(shop, {"a.txt": lines("start", *"bcdefgh")}, "-x")
    assert carried(trueline, shop) == [("cherry_pick", "message", "Mend in haste", origin, True)]


def test_a_revert_that_does_not_say_so_is_known_by_its_contents(trueline: Trueline, shop: Workshop):
    origin = shop.commit("Try", {"b.txt": "B\n", "c.txt": "c\n"}, at=NOW - 40 * DAY)
    (shop.path / "c.txt").unlink()
    shop.commit("Think again", {"b.txt": "b\n"}, at=NOW - 39 * DAY)
    assert carried(trueline, shop) == [("revert", "contents", "Try", origin, True)]


def test_a_change_that_lands_again_is_the_same_change(trueline: Trueline, shop: Workshop):
    origin = shop.commit("Try", {"b.txt": "B\n"}, at=NOW - 40 * DAY)
    shop.git("revert", "--no-edit", "HEAD", GIT_COMMITTER_DATE=f"@{NOW - 39 * DAY} +0000")
    shop.commit("Try again", {"b.txt": "B\n"}, at=NOW - 38 * DAY)
    assert [(how, evidence, id_) for how, evidence, _, id_, _ in carried(trueline, shop) if how == "same_change"] == [
        ("same_change", "contents", origin)
    ]


def test_a_squash_leads_to_its_branch_and_the_commits_of_that(trueline: Trueline, shop: Workshop):
    shop.git("checkout", "-q", "-b", "till")
    first = shop.commit("Begin a till", {"till.txt": "1\n"}, at=NOW - 40 * DAY)
    tip = shop.commit("End a till", {"till.txt": "2\n", "b.txt": "till\n"}, at=NOW - 39 * DAY)
    shop.git("checkout", "-q", "main")
    shop.commit("Meanwhile", {"a.txt": "a\n"}, at=NOW - 38 * DAY)
    shop.git("merge", "-q", "--squash", "till")
    shop.commit("Add a till (#7)", {}, at=NOW - 37 * DAY)

    assert carried(trueline, shop) == [("squash", "contents", None, tip, True)]
    own = trueline(
        "query", "-C", shop.path, "--as-of", "2026-02-25", "--format", "json",
        "select commit_id from branch_commits where branch = 'till' order by position",
    )  # fmt: skip
    assert [row["commit_id"] for row in own.answers().json["rows"]] == [first, tip]


def test_a_branch_that_is_deleted_is_forgotten(trueline: Trueline, shop: Workshop):
    shop.git("checkout", "-q", "-b", "till")
    shop.commit("Begin a till", {"till.txt": "1\n"}, at=NOW - 40 * DAY)
    shop.git("checkout", "-q", "main")
    trueline("collect", "-C", shop.path).answers()
    shop.git("branch", "-q", "-D", "till")
    trueline("collect", "-C", shop.path).answers()
    said = trueline(
        "query", "-C", shop.path, "--as-of", "2026-02-25", "--format", "json",
        "select branch, (select count(*) from branch_commits) as own from branches order by branch",
    )  # fmt: skip
    assert [tuple(row.values()) for row in said.answers().json["rows"]] == [("1.x", 0), ("main", 0)]


def test_two_who_mend_the_same_letter_carry_nothing(trueline: Trueline, shop: Workshop):
    shop.git("checkout", "-q", "-b", "till")
    shop.commit("Spell it right", {"b.txt": "B\n"}, ("Bo Ek", "bo@harbour.test"), at=NOW - 41 * DAY)
    shop.git("checkout", "-q", "main")
    shop.commit("Correct the sign", {"b.txt": "B\n"}, at=NOW - 40 * DAY)
    shop.git("merge", "-q", "--no-edit", "till")
    assert carried(trueline, shop) == []


def test_the_same_contents_of_two_files_are_no_accident(trueline: Trueline, shop: Workshop):
    shop.git("checkout", "-q", "-b", "till")
    files = {"b.txt": "B\n", "a.txt": "A\n"}
    origin = shop.commit("Spell it right", files, ("Bo Ek", "bo@harbour.test"), at=NOW - 41 * DAY)
    shop.git("checkout", "-q", "main")
    second = shop.commit("Correct the sign", files, at=NOW - 40 * DAY)
    shop.git("merge", "-q", "--no-edit", "till")
    # The main line had its own first; the branch brought the other.
    assert carried(trueline, shop) == [("same_change", "contents", "Correct the sign", second, True)]
    assert origin != second


@pytest.mark.parametrize("subject", ["Bump version to 1.1", "Release v1.1", "1.1.0", "Prepare for the next release"])
def test_every_line_makes_its_own_release(trueline: Trueline, shop: Workshop, subject: str):
    files = {"VERSION": "1.1\n", "CHANGES": "1.1\n"}
    shop.commit(subject, files, at=NOW - 40 * DAY)
    shop.git("checkout", "-q", "1.x")
    shop.commit(subject, files, ("Bo Ek", "bo@harbour.test"), at=NOW - 30 * DAY)
    shop.git("tag", "v1.0.1")
    shop.git("checkout", "-q", "main")
    assert carried(trueline, shop) == []


def test_an_empty_file_made_twice_is_no_change_that_was_carried(trueline: Trueline, shop: Workshop):
    shop.commit("Begin a package for tills", {"till/__init__.py": ""}, at=NOW - 40 * DAY)
    shop.git("checkout", "-q", "1.x")
    shop.commit("Begin a package for tills", {"till/__init__.py": ""}, at=NOW - 30 * DAY)
    shop.git("tag", "v1.0.1")
    shop.git("checkout", "-q", "main")
    assert carried(trueline, shop) == []


def on_a_branch(shop: Workshop, commit_id: str) -> str:
    """Put a commit on the release line, release nothing, and return the pick."""
    shop.git("checkout", "-q", "1.x")
    shop.git("cherry-pick", commit_id, GIT_COMMITTER_DATE=f"@{NOW - 20 * DAY} +0000")
    picked = shop.git("rev-parse", "HEAD")
    shop.git("checkout", "-q", "main")
    return picked


def branch_of(trueline: Trueline, shop: Workshop) -> list[tuple[Any, ...]]:
    said = trueline(
        "query", "-C", shop.path, "--as-of", "2026-02-25", "--format", "json",
        "select commit_id, branch from carried_changes",
    )  # fmt: skip
    return [tuple(row.values()) for row in said.answers().json["rows"]]


def test_a_pick_that_no_tag_reaches_is_known_by_the_author_s_date(trueline: Trueline, shop: Workshop):
    shop.commit("Change the end", {"a.txt": lines(*"abcdefg", "end")}, at=NOW - 41 * DAY)
    origin = shop.commit("Mend the start", {"a.txt": lines("start", *"bcdefg", "end")}, at=NOW - 40 * DAY)
    other = shop.commit("Mend b", {"b.txt": "B\n"}, at=NOW - 39 * DAY)
    picks = [on_a_branch(shop, commit_id) for commit_id in (origin, other)]
    assert carried(trueline, shop) == [
        ("backport", "author date", "Mend b", other, False),
        ("backport", "author date", "Mend the start", origin, False),
    ]
    assert sorted(branch_of(trueline, shop)) == sorted((commit_id, "1.x") for commit_id in picks)


def test_a_branch_of_one_pick_is_known_by_its_contents(trueline: Trueline, shop: Workshop):
    origin = shop.commit("Mend b", {"b.txt": "B\n"}, at=NOW - 40 * DAY)
    on_a_branch(shop, origin)
    assert carried(trueline, shop) == [("same_change", "contents", "Mend b", origin, False)]


def test_what_a_branch_had_first_was_carried_to_the_main_line(trueline: Trueline, shop: Workshop):
    shop.commit("Change the end", {"a.txt": lines(*"abcdefg", "end")}, at=NOW - 41 * DAY)
    shop.git("checkout", "-q", "1.x")
    origin = shop.commit("Mend in haste", {"a.txt": lines("start", *"bcdefgh")}, at=NOW - 30 * DAY)
    shop.git("checkout", "-q", "main")
    shop.git("cherry-pick", origin, GIT_COMMITTER_DATE=f"@{NOW - 20 * DAY} +0000")
    # Its subject is not known, as no commit that the head or a tag reaches has it.
    assert carried(trueline, shop) == [("forward_port", "author date", None, origin, True)]


def test_two_of_a_branch_that_one_date_cannot_tell_apart_are_left_out(trueline: Trueline, shop: Workshop):
    shop.commit("Mend b", {"b.txt": "B\n"}, at=NOW - 40 * DAY)
    shop.git("checkout", "-q", "1.x")
    for number in range(2):
        shop.commit("Something else", {"c.txt": f"{number}\n"}, at=NOW - 40 * DAY)
    shop.git("checkout", "-q", "main")
    assert carried(trueline, shop) == []
