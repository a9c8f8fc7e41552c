"""Familiarity after the analyses before it, and the views over it, as a snapshot builds them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from trueline.app.definitions import load_definitions
from trueline.model.evidence_tables import COMMITS, FILE_CHANGES, REPOSITORIES, TAGS
from trueline.model.run import RUN
from trueline.model.table import Row
from trueline.model.tree_tables import FILES, RECORD_FILES
from trueline.settings.settings import Settings
from trueline.tables.engine import Database
from trueline.tables.parts import derive

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
WANTED = {
    *("path_kinds", "landed_changes", "person_keys", "horizons", "file_authors"),
    *("recent_file_changes", "file_hotspots", "area_coupling", "knowledge_what_if", "areas_to_learn"),
}
Query = Callable[[str], list[tuple[Any, ...]]]


class History:
    """A repository that grows by one commit at a time, each so many days before the run."""

    def __init__(self) -> None:
        self.commits: list[Row] = []
        self.changes: list[Row] = []

    def commit(self, age_days: int, author: str, *changes: tuple[Any, ...], **told: Any) -> None:
        """Add a commit; a change is status, path and, for a rename, the old path and its similarity."""
        number = len(self.commits) + 1
        at = AS_OF - timedelta(days=age_days)
        values: dict[str, Any] = {
            "repository": "shop",
            "commit_id": f"c{number}",
            "parent_ids": [f"c{number - 1}"] if number > 1 else [],
            "author_key": author,
            "committer_key": author,
            "authored_at": at,
            "committed_at": at,
            "subject": "subject",
            "actor_kind": "person",
            "co_author_keys": [],
            "is_revert": False,
            "is_fix": False,
            "validity": "valid",
        }
        values |= told
        self.commits.append(tuple(values.get(name) for name in COMMITS.column_names))
        for status, path, *more in changes:
            old, similarity = more or (None, None)
            self.changes.append(("shop", f"c{number}", at, path, old, status, similarity, None, None))

    def query(self, *paths: str, is_shallow: bool = False) -> Query:
        """Return a way to ask the database of a tree with these paths."""
        database = Database.building()
        database.load(RUN, [(AS_OF.date(), AS_OF, AS_OF)])
        database.load(REPOSITORIES, [("shop", "main", f"c{len(self.commits)}", AS_OF, None, is_shallow, False)])
        database.load(COMMITS, self.commits)
        database.load(FILE_CHANGES, self.changes)
        database.load(TAGS, [])
        database.load(FILES, [("shop", path, path, "file", False, 100) for path in paths])
        database.load(RECORD_FILES, [])
        definitions = load_definitions(Settings(Path()))
        for table in definitions.record_tables.values():
            database.load(table, [])
        derive(database, [part for part in definitions.parts if WANTED & {table.name for table in part.writes}])
        return database.rows


@pytest.fixture
def history() -> History:
    found = History()
    found.commit(700, "ann", ("A", "src/old.py"), ("A", "src/till.py"))
    found.commit(400, "ann", ("M", "src/old.py"))
    found.commit(100, "bob", ("R", "src/new.py", "src/old.py", 100), ("M", "src/till.py"))
    found.commit(90, "cat", ("R", "src/till.py", "src/till.py", 90))
    return found


def test_recent_work_follows_a_file_that_moved_and_the_move_makes_nobody_familiar(history: History) -> None:
    query = history.query("src/new.py")
    assert query("select path, commit_id, person_key, age_days, weight from recent_file_changes") == [
        ("src/new.py", "c2", "ann", 400, pytest.approx(0.5 ** (400 / 180)))
    ]


def test_the_day_that_ends_the_window_does_not_count() -> None:
    history = History()
    history.commit(541, "ann", ("A", "a.py"))
    history.commit(540, "ann", ("M", "a.py"))
    history.commit(539, "ann", ("M", "a.py"))
    assert history.query("a.py")("select commit_id from recent_file_changes") == [("c3",)]


def test_bots_are_nobody_s_familiarity() -> None:
    history = History()
    history.commit(20, "ann", ("A", "a.py"))
    history.commit(10, "robot", ("M", "a.py"), actor_kind="bot")
    assert history.query("a.py")("select person_key from recent_file_changes") == [("ann",)]


@pytest.mark.parametrize(
    ("sign", "silent"),
    [({}, 1), ({"co_author_keys": ["ann"]}, 0), ({"committer_key": "ann"}, 0), ({"author_key": "ann"}, 0)],
)
def test_any_sign_of_life_in_the_repository_ends_the_silence(sign: dict[str, Any], silent: float) -> None:
    history = History()
    history.commit(400, "ann", ("A", "a.py"))
    history.commit(179, "bob", ("A", "readme.md"), **sign)
    query = history.query("a.py", "readme.md")
    assert query("select silent_share from area_familiarity where area is null") == [(silent,)]


def test_who_landed_something_180_days_ago_is_silent() -> None:
    history = History()
    history.commit(180, "ann", ("A", "a.py"))
    history.commit(1, "bob", ("A", "readme.md"))
    query = history.query("a.py", "readme.md")
    assert query("select silent_share from area_familiarity where area is null") == [(1,)]


def test_of_a_history_that_is_cut_off_nothing_is_said(history: History) -> None:
    query = history.query("src/new.py", "src/till.py", is_shallow=True)
    assert query("select * from recent_file_changes") == query("select * from area_familiarity") == []


def test_hotspots_are_source_files_ranked_by_weight_and_size() -> None:
    history = History()
    history.commit(400, "ann", ("A", "a.py"), ("A", "b.py"), ("A", "test_a.py"), ("A", "vendor/c.py"))
    history.commit(364, "bob", ("M", "b.py"), ("M", "test_a.py"), ("M", "vendor/c.py"))
    query = history.query("a.py", "b.py", "test_a.py", "vendor/c.py", "new.py")
    assert query("select path, changes_365d, people_365d, rank from file_hotspots order by rank") == [
        ("b.py", 1, 1, 1),
        ("a.py", 0, 0, 2),
    ]


def two_areas() -> tuple[History, list[str]]:
    """Return a history whose tree has two areas of ten files."""
    paths = [f"{area}/f{number}.py" for area in ("api", "web") for number in range(10)]
    history = History()
    history.commit(600, "ann", *(("A", path) for path in paths))
    return history, paths


def test_areas_that_change_together_five_times_are_coupled_in_both_directions() -> None:
    history, paths = two_areas()
    for age_days in range(15, 10, -1):
        history.commit(age_days, "ann", ("M", "api/f1.py"), ("M", "web/f1.py"))
    history.commit(9, "ann", ("M", "api/f2.py"))
    found = history.query(*paths)(
        "select area, other_area, changes_together, changes, share from area_coupling order by area"
    )
    assert found == [("api", "web", 5, 6, pytest.approx(5 / 6)), ("web", "api", 5, 5, 1)]


def test_four_changes_together_are_chance_and_a_sweeping_one_does_not_make_them_five() -> None:
    history, paths = two_areas()
    for age_days in range(15, 11, -1):
        history.commit(age_days, "ann", ("M", "api/f1.py"), ("M", "web/f1.py"))
    gone = [("D", f"docs/{number}.md") for number in range(49)]
    history.commit(9, "ann", ("M", "api/f1.py"), ("M", "web/f1.py"), *gone)
    assert history.query(*paths)("select * from area_coupling") == []


def test_a_change_of_fifty_files_still_counts() -> None:
    history, paths = two_areas()
    for age_days in range(15, 11, -1):
        history.commit(age_days, "ann", ("M", "api/f1.py"), ("M", "web/f1.py"))
    gone = [("D", f"docs/{number}.md") for number in range(48)]
    history.commit(9, "ann", ("M", "api/f1.py"), ("M", "web/f1.py"), *gone)
    history.commit(8, "ann", ("M", "api/f1.py"), ("M", "web/f1.py"), ("M", "web/f2.py"), *gone)
    found = history.query(*paths)("select area, changes_together, sweeping_left_out from area_coupling order by area")
    assert found == [("api", 5, 1), ("web", 5, 1)]


def test_who_knows_a_file_best_is_told_with_how_long_they_have_been_silent_anywhere(history: History) -> None:
    query = history.query("src/new.py", "src/till.py")

    assert query("select path, person_key, last_landed_days from file_knowers order by path, person_key") == [
        ("src/new.py", "ann", 400),
        ("src/till.py", "bob", 100),
        ("src/till.py", "cat", 90),
    ]


def test_what_an_area_would_lose_with_each_person() -> None:
    history = History()
    for number in range(10):
        history.commit(200, "ann", ("A", f"src/{number}.py"))
    history.commit(100, "bob", ("M", "src/0.py"), ("M", "src/1.py"))
    history.commit(95, "ann", ("M", "src/0.py"))
    query = history.query(*(f"src/{number}.py" for number in range(10)))

    lost = "select person_key, files_known, files_lost, loses_most, loses_last_knower, last_landed_days from knowledge_what_if"
    assert query(f"{lost} order by person_key") == [
        ("ann", 9, 9, True, False, 95),
        ("bob", 1, 1, False, False, 100),
    ]
    assert query("select area, rank, people, files_changed, most_lost_share, quiet_share from areas_to_learn") == [
        ("src", 1, 2, 10, 0.9, 1.0)
    ]
