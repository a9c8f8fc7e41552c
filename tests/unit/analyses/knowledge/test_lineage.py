"""Following files through renames, deletions and branches."""

from __future__ import annotations

from trueline.analyses.knowledge.lineage import FileChange, Lineage, trace_lineages
from trueline.analyses.knowledge.subtrees import adopt_subtrees


def change(position: int, who: str | None, status: str, path: str, old: str | None = None) -> FileChange:
    return FileChange(position, position * 100, who, path, old, status)


def trace(*changes: FileChange) -> dict[str, tuple[str, dict[str, int]]]:
    return {path: (known(life), dict(life.changes)) for path, life in trace_lineages(changes).items()}


def known(life: Lineage) -> str:
    return " ".join(sorted(life.creators))


def test_the_creator_s_first_change_is_no_change_after_creation() -> None:
    assert trace(change(1, "ann", "A", "till.py"), change(2, "ann", "M", "till.py")) == {"till.py": ("ann", {"ann": 1})}


def test_a_rename_carries_the_lineage_and_is_a_change() -> None:
    traced = trace(change(1, "ann", "A", "a.py"), change(2, "bob", "R", "b.py", "a.py"), change(3, "bob", "M", "b.py"))
    assert traced == {"b.py": ("ann", {"bob": 2})}


def test_names_that_swap_in_one_commit_swap_their_lineages() -> None:
    traced = trace(
        change(1, "ann", "A", "a.py"),
        change(1, "bob", "A", "b.py"),
        change(2, "cat", "R", "a.py", "b.py"),
        change(2, "cat", "R", "b.py", "a.py"),
    )
    assert traced == {"a.py": ("bob", {"cat": 1}), "b.py": ("ann", {"cat": 1})}


def test_who_adds_a_deleted_file_again_is_a_creator_beside_the_first() -> None:
    traced = trace(
        change(1, "ann", "A", "a.py"),
        change(2, "cat", "M", "a.py"),
        change(3, "ann", "D", "a.py"),
        change(4, "bob", "A", "a.py"),
    )
    assert traced == {"a.py": ("ann bob", {"cat": 1})}


def test_a_file_where_another_was_renamed_away_starts_anew() -> None:
    traced = trace(change(1, "ann", "A", "a.py"), change(2, "ann", "R", "b.py", "a.py"), change(3, "bob", "A", "a.py"))
    assert traced == {"a.py": ("bob", {}), "b.py": ("ann", {"ann": 1})}


def test_a_file_renamed_to_where_one_was_deleted_keeps_its_own_history() -> None:
    traced = trace(
        change(1, "ann", "A", "a.py"),
        change(1, "bob", "A", "b.py"),
        change(2, "ann", "D", "a.py"),
        change(3, "cat", "R", "a.py", "b.py"),
    )
    assert traced == {"a.py": ("bob", {"cat": 1})}


def test_a_deleted_file_has_no_lineage() -> None:
    assert trace(change(1, "ann", "A", "a.py"), change(2, "ann", "D", "a.py")) == {}


def test_a_copy_is_a_new_file() -> None:
    assert trace(change(1, "ann", "A", "a.py"), change(2, "bob", "C", "b.py", "a.py")) == {
        "a.py": ("ann", {}),
        "b.py": ("bob", {}),
    }


def test_a_branch_that_changes_the_old_name_changes_the_renamed_file() -> None:
    traced = trace(change(1, "ann", "A", "a.py"), change(2, "bob", "R", "b.py", "a.py"), change(3, "cat", "M", "a.py"))
    assert traced == {"b.py": ("ann", {"bob": 1, "cat": 1})}


def test_two_branches_that_make_the_same_rename_keep_one_lineage() -> None:
    traced = trace(
        change(1, "ann", "A", "a.py"), change(2, "bob", "R", "b.py", "a.py"), change(3, "cat", "R", "b.py", "a.py")
    )
    assert traced == {"b.py": ("ann", {"bob": 1, "cat": 1})}


def test_two_branches_that_rename_differently_go_their_own_ways() -> None:
    traced = trace(
        change(1, "ann", "A", "a.py"),
        change(2, "bob", "R", "b.py", "a.py"),
        change(3, "cat", "R", "c.py", "a.py"),
        change(4, "dan", "M", "c.py"),
    )
    assert traced == {"b.py": ("ann", {"bob": 1}), "c.py": ("ann", {"bob": 1, "cat": 1, "dan": 1})}


def test_a_file_that_two_branches_add_is_created_by_both() -> None:
    assert trace(change(1, "ann", "A", "a.py"), change(2, "bob", "A", "a.py")) == {"a.py": ("ann bob", {})}


def test_a_bot_moves_a_file_and_changes_nothing() -> None:
    traced = trace(change(1, "ann", "A", "a.py"), change(2, None, "R", "b.py", "a.py"), change(3, None, "M", "b.py"))
    assert traced == {"b.py": ("ann", {})}


def test_a_file_that_a_bot_created_has_no_first_author() -> None:
    assert trace(change(1, None, "A", "a.py"), change(2, "ann", "T", "a.py")) == {"a.py": ("", {"ann": 1})}


def test_a_file_whose_creation_was_not_seen_has_no_first_author() -> None:
    lives = trace_lineages([change(5, "ann", "M", "a.py")])
    assert (lives["a.py"].creators, lives["a.py"].is_created) == (set(), False)


def test_a_subtree_s_file_has_the_history_it_had_at_its_own_root() -> None:
    lives = trace_lineages([change(1, "ann", "A", "till.c"), change(2, "bob", "M", "tills/till.c")])
    moved = adopt_subtrees(lives, {"tills/till.c"})
    assert (known(moved["tills/till.c"]), dict(moved["tills/till.c"].changes)) == ("ann", {"bob": 1})


def test_a_short_path_that_exists_or_that_two_files_claim_is_left_alone() -> None:
    lives = {"till.c": Lineage({"ann"}, is_created=True)}
    assert adopt_subtrees(lives, {"till.c", "tills/till.c"}) == lives
    assert adopt_subtrees(lives, {"a/till.c", "b/till.c"}) == lives
