"""Lines are followed along the main line, through renames, until they go or are lost."""

from __future__ import annotations

from trueline.analyses.rework.follow import Fate, Followed, PathChange, Went, follow
from trueline.analyses.rework.lines import Hunk

DAY = 86_400_000_000


def change(position: int, path: str = "a.py", *hunks: Hunk, by: int | None = None, **more: object) -> PathChange:
    values = {
        "position": position, "change": position if by is None else by, "path": path, "old_path": None,
        "is_copy": False, "old_blob_id": f"b{position - 1}", "new_blob_id": f"b{position}", "hunks": hunks, **more,
    }  # fmt: skip
    return PathChange(**values)  # type: ignore[arg-type]


def followed(*changes: PathChange, days: tuple[float, ...] = (0, 1, 2, 3)) -> Followed:
    return follow(changes, [int(day * DAY) for day in days], lambda path: path.endswith(".py"))


TEN = Hunk(0, 0, 1, 10)


def test_lines_that_the_next_change_deletes_are_reworked() -> None:
    found = followed(change(0, "a.py", TEN), change(1, "a.py", Hunk(3, 2, 2, 0)))
    assert found.went == {Went(0, 1, "a.py"): 2}
    assert found.fates[0] == Fate(10, 0, {"a.py"}, set())


def test_the_last_day_still_counts_and_the_next_moment_does_not() -> None:
    pair = (change(0, "a.py", TEN), change(1, "a.py", Hunk(1, 1, 1, 1)))
    assert followed(*pair, days=(0, 21)).went == {Went(0, 1, "a.py"): 1}
    assert followed(*pair, days=(0, 21.001)).went == {}


def test_lines_from_before_are_nobodys_rework() -> None:
    found = followed(change(0, "a.py", Hunk(5, 3, 5, 1)), change(1, "a.py", Hunk(1, 4, 0, 0)))
    assert found.went == {}


def test_lines_that_a_change_itself_takes_away_again_never_landed() -> None:
    found = followed(change(0, "a.py", TEN, by=0), change(1, "a.py", Hunk(1, 4, 0, 0), by=0))
    assert (found.fates[0].added, found.went) == (6, {})


def test_a_renamed_file_takes_its_lines_along() -> None:
    moved = change(1, "b.py", old_path="a.py", new_blob_id="b0")
    gone = change(2, "b.py", Hunk(1, 10, 0, 0), old_blob_id="b0", new_blob_id=None)
    assert followed(change(0, "a.py", TEN), moved, gone).went == {Went(0, 2, "b.py"): 10}


def test_two_files_may_change_places() -> None:
    found = followed(
        change(0, "a.py", TEN, new_blob_id="A"),
        change(0, "b.py", Hunk(0, 0, 1, 3), new_blob_id="B"),
        change(1, "a.py", old_path="b.py", old_blob_id="B", new_blob_id="B"),
        change(1, "b.py", old_path="a.py", old_blob_id="A", new_blob_id="A"),
        change(2, "a.py", Hunk(1, 3, 0, 0), old_blob_id="B", new_blob_id="C"),
    )
    assert found.went == {Went(0, 2, "a.py"): 3}
    assert found.fates[0].lost == 0


def test_a_copy_leaves_the_lines_where_they_are() -> None:
    copied = change(1, "b.py", Hunk(1, 1, 1, 1), old_path="a.py", is_copy=True, old_blob_id="b0")
    gone = change(2, "a.py", Hunk(1, 10, 0, 0), old_blob_id="b0")
    assert followed(change(0, "a.py", TEN), copied, gone).went == {Went(0, 2, "a.py"): 10}


def test_lines_are_lost_where_a_difference_is_not_known() -> None:
    found = followed(change(0, "a.py", TEN), change(1, "a.py", hunks=None))
    assert (found.fates[0].lost, found.fates[1].unread, found.went) == (10, {"a.py"}, {})


def test_lines_are_lost_where_something_came_in_between() -> None:
    found = followed(change(0, "a.py", TEN), change(1, "a.py", Hunk(1, 10, 0, 0), old_blob_id="other"))
    assert (found.fates[0].lost, found.went) == (10, {})


def test_lines_that_had_their_days_are_not_lost() -> None:
    found = followed(change(0, "a.py", TEN), change(1, "a.py", hunks=None), days=(0, 22))
    assert found.fates[0].lost == 0


def test_files_that_do_not_count_are_passed_over() -> None:
    assert followed(change(0, "a.lock", TEN)) == Followed({}, {})
