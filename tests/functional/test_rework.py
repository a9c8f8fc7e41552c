"""Rework through the command line: a merge counts once, and lines that a branch changed before it landed do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import NOW, Said, Workshop

Trueline = Callable[..., Said]
DAY = 86_400
AS_OF = ("--as-of", "2026-02-25")


def lines(*words: str) -> str:
    return "".join(f"{word}\n" for word in words)


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    """A branch that lands by a merge, and a repair of one of its lines ten days later."""
    shop = new_repository()
    shop.commit("Begin", {"shop.py": lines("a", "b", "c", "d", "e", "f", "g", "h")}, at=NOW - 100 * DAY)
    shop.git("checkout", "-q", "-b", "till")
    shop.commit("Add a till", {"shop.py": lines("till", "a", "b", "c", "d", "e", "f", "g", "h")}, at=NOW - 92 * DAY)
    shop.commit("Another till", {"shop.py": lines("till 1", "till 2", *"abcdefgh")}, at=NOW - 91 * DAY)
    shop.git("checkout", "-q", "main")
    shop.commit("Change the end", {"shop.py": lines(*"abcdefg", "end")}, at=NOW - 90 * DAY)
    when = f"@{NOW - 80 * DAY} +0000"
    shop.git(
        "merge", "-q", "--no-ff", "-m", "Merge branch 'till'", "till",
        GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when,
    )  # fmt: skip
    shop.commit(
        "Fix a crash of the second till",
        {"shop.py": lines("till 1", "till two", *"abcdefg", "end")},
        author=("Bo Berg", "bo@harbour.test"),
        at=NOW - 70 * DAY,
    )
    return shop


def rows(trueline: Trueline, shop: Workshop, sql: str) -> list[dict[str, Any]]:
    return list(trueline("query", "-C", shop.path, *AS_OF, "--format", "json", sql).answers().json["rows"])


def test_what_a_merge_brought_is_followed_as_one_change(trueline: Trueline, shop: Workshop):
    trueline("collect", "--lines", "-C", shop.path).answers()

    found = rows(
        trueline, shop,
        "select c.subject, r.added_lines, r.reworked_lines, r.by_same_author, r.by_other_author, r.by_fix, r.lost_lines "
        "from change_rework as r join landed_changes as c using (repository, change_id) order by c.landed_at",
    )  # fmt: skip
    assert [tuple(row.values()) for row in found] == [
        ("Begin", 8, 1, 1, 0, 0, 0),
        ("Change the end", 1, 0, 0, 0, 0, 0),
        ("Merge branch 'till'", 2, 1, 0, 1, 1, 0),
        ("Fix a crash of the second till", 1, 0, 0, 0, 0, 0),
    ]
    assert rows(trueline, shop, "select path, lines, days, is_fix from reworked_lines where is_fix") == [
        {"path": "shop.py", "lines": 1, "days": 10.0, "is_fix": True}
    ]


def test_the_share_is_shown_with_its_parts(trueline: Trueline, shop: Workshop):
    trueline("collect", "--lines", "-C", shop.path).answers()
    shown = trueline("metric", "show", "rework_share", "-C", shop.path, *AS_OF, "--format", "json").answers().json
    assert (round(shown["value"], 6), shown["series"][0]["n"]) == (round(2 / 12, 6), 12)


def test_without_line_counts_there_is_no_data(trueline: Trueline, shop: Workshop):
    trueline("collect", "-C", shop.path).answers()
    shown = trueline("metric", "show", "rework_share", "-C", shop.path, *AS_OF, "--format", "json")
    assert shown.json["value"] is None
    assert rows(trueline, shop, "from change_rework") == []


def test_merges_that_come_later_are_added(trueline: Trueline, shop: Workshop):
    trueline("collect", "--lines", "-C", shop.path).answers()
    shop.git("checkout", "-q", "-b", "door")
    shop.commit("Add a door", {"door.py": lines("door")}, at=NOW - 60 * DAY)
    shop.git("checkout", "-q", "main")
    when = f"@{NOW - 59 * DAY} +0000"
    shop.git("merge", "-q", "--no-ff", "-m", "Door", "door", GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    trueline("collect", "-C", shop.path).answers()
    assert [row["path"] for row in rows(trueline, shop, "select path from merge_changes order by committed_at")] == [
        "shop.py",
        "door.py",
    ]
