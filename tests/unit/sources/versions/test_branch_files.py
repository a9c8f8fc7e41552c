from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trueline.sources.git import open_repository
from trueline.sources.versions.branch_files import BranchFile, Span, branch_files


def test_a_branch_has_the_contents_where_it_began_and_where_it_ends(new_repository: Callable[..., Any]):
    shop = new_repository()
    fork = shop.commit("Begin", {"a.md": "a\n", "b.md": "b\n"})
    shop.git("checkout", "-q", "-b", "side")
    shop.git("mv", "b.md", "c.md")
    tip = shop.commit("Move", {"a.md": "aa\n"})
    was, same, now = (shop.git("rev-parse", name) for name in (f"{fork}:a.md", f"{fork}:b.md", f"{tip}:a.md"))
    git = open_repository(shop.path).git

    found = list(branch_files(git, [Span("one", tip, fork), Span("two", tip, fork)]))

    assert found == [
        one
        for path, before, after in ((b"a.md", was, now), (b"b.md", same, None), (b"c.md", None, same))
        for one in (BranchFile("one", path, before, after), BranchFile("two", path, before, after))
    ]


def test_no_branch_is_no_question(new_repository: Callable[..., Any]):
    assert list(branch_files(open_repository(new_repository().path).git, [])) == []
