"""Branches: which there are, what only they hold, and where they began."""

from __future__ import annotations

DAY = 86_400
AT = 1_770_000_000


def told(collection) -> dict[str, tuple[object, object]]:
    return {row["branch"]: (row["ahead"], row["forked_from_commit_id"]) for row in collection.rows["branches"]}


def test_a_branch_is_told_with_what_only_it_holds(new_repository, collect):
    shop = new_repository()
    base = shop.commit(at=AT)
    shop.git("checkout", "-q", "-b", "side")
    own = [shop.commit(at=AT + day) for day in (1, 2)]
    shop.git("checkout", "-q", "main")
    shop.commit(at=AT + 3)

    then = collect(shop.path)

    assert told(then) == {"main": (None, None), "side": (2, base)}
    assert [row["commit_id"] for row in then.rows["branch_commits"]] == own


def test_a_branch_that_took_in_the_main_line_stands_on_what_it_took(new_repository, collect):
    shop = new_repository()
    shop.commit(at=AT)
    shop.git("checkout", "-q", "-b", "side")
    shop.commit(files={"side.txt": "1"}, at=AT + 1)
    shop.git("checkout", "-q", "main")
    taken = shop.commit(at=AT + 2)
    shop.git("checkout", "-q", "side")
    when = f"@{AT + 3} +0000"
    shop.git("merge", "-q", "-m", "Take in", "main", GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    shop.git("checkout", "-q", "main")
    assert told(collect(shop.path))["side"] == (2, taken)


def test_of_a_branch_that_began_too_long_ago_only_the_tip_is_told(new_repository, collect):
    shop = new_repository()
    shop.commit(at=AT - 500 * DAY)
    shop.git("checkout", "-q", "-b", "side")
    shop.commit(at=AT)
    shop.git("checkout", "-q", "main")
    shop.commit(at=AT + 1)
    assert told(collect(shop.path))["side"] == (None, None)


def test_of_a_history_that_is_not_related_only_the_tip_is_told(new_repository, collect):
    shop = new_repository()
    shop.commit(at=AT)
    shop.git("checkout", "-q", "--orphan", "pages")
    shop.commit(at=AT + 1)
    shop.git("checkout", "-q", "main")
    assert told(collect(shop.path))["pages"] == (None, None)


def test_branches_that_stand_where_they_stood_are_not_read_again(new_repository, collect):
    shop = new_repository()
    shop.commit(at=AT)
    first = collect(shop.path)
    again = collect(shop.path, dict(first.collected.cursor))
    assert again.rows["branches"] == []
    assert again.collected.replaces == {"tags", "repositories"}


def test_branches_of_a_clone_are_those_of_origin(new_repository, collect, tmp_path):
    shop = new_repository()
    shop.commit(at=AT)
    shop.git("branch", "theirs")
    clone = tmp_path / "clone"
    shop.git("clone", "-q", str(shop.path), str(clone))
    shop.git("-C", str(clone), "branch", "mine")
    assert set(told(collect(clone))) == {"main", "theirs"}
