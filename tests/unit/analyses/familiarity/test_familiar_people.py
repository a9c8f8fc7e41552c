"""What a repository's figures of familiarity are, from plain facts about its files."""

from __future__ import annotations

from datetime import date

import pytest

from trueline.analyses.familiarity.decay import HALF_LIFE_DAYS, WINDOW_DAYS, weight
from trueline.analyses.familiarity.figures import Evidence, measure_familiarity
from trueline.analyses.familiarity.recent import Commit, commits_of_files
from trueline.analyses.familiarity.tables import AREA_FAMILIARITY
from trueline.analyses.knowledge.lineage import FileChange

AREAS: dict[str, str | None] = {"src/a.py": "src", "src/b.py": "src", "setup.py": None}


def by(person: str, age_days: int, commit_id: str = "") -> Commit:
    return Commit(commit_id or f"{person}{age_days}", "change", person, age_days)


def figures(
    commits_of: dict[str, list[Commit]],
    authors_of: dict[str, set[str]] | None = None,
    active: frozenset[str] = frozenset(),
) -> dict[object, dict[str, object]]:
    evidence = Evidence("shop", date(2026, 3, 1), AREAS, authors_of or {}, active, commits_of)
    rows = (dict(zip(AREA_FAMILIARITY.column_names, row, strict=True)) for row in measure_familiarity(evidence))
    return {row["area"]: row for row in rows}


def test_a_change_counts_half_after_each_half_life_and_nothing_at_the_end_of_the_window() -> None:
    assert [weight(age) for age in (0, HALF_LIFE_DAYS, 2 * HALF_LIFE_DAYS)] == [1, 0.5, 0.25]
    assert weight(WINDOW_DAYS - 1) == pytest.approx(0.125, rel=0.01)
    assert weight(WINDOW_DAYS) == 0


def test_the_whole_has_no_area_and_counts_files_in_none() -> None:
    found = figures({"setup.py": [by("ann", 1)]})
    assert {area: row["files"] for area, row in found.items()} == {None: 3, "src": 2}
    assert found[None]["files_changed"] == 1


def test_who_wrote_much_long_ago_is_forgotten_for_who_writes_now() -> None:
    many = [by("ann", 500, f"c{number}") for number in range(3)]
    found = figures({"src/a.py": [*many, by("bob", 1)], "src/b.py": [by("bob", 1)]})
    assert (found["src"]["depends_on"], found["src"]["first_share"], found["src"]["people"]) == (1, 1, 2)


def test_two_who_know_a_file_equally_well_must_both_go() -> None:
    found = figures({"src/a.py": [by("ann", 10), by("bob", 10)]})
    assert found["src"]["depends_on"] == 2


def test_where_nobody_changed_anything_nothing_is_known_of_who_is_familiar() -> None:
    found = figures({}, {"src/a.py": {"ann"}})
    assert (found["src"]["files_changed"], found["src"]["depends_on"], found["src"]["first_share"]) == (0, None, None)


def test_a_file_is_silent_only_where_all_of_its_authors_are() -> None:
    authors_of = {"src/a.py": {"ann"}, "src/b.py": {"ann", "bob"}, "setup.py": {"bob"}}
    found = figures({}, authors_of, frozenset({"bob"}))
    assert found["src"]["silent_share"] == 0.5
    assert found[None]["silent_share"] == pytest.approx(1 / 3)


def test_a_file_without_author_is_not_said_to_be_left_by_its_authors() -> None:
    assert figures({}, {"src/a.py": {"ann"}})["src"]["silent_share"] == 0.5
    assert figures({})["src"]["silent_share"] is None


def test_changes_of_half_a_year_are_counted_up_to_the_boundary() -> None:
    found = figures({"src/a.py": [by("ann", 179), by("ann", 180)]})
    assert found["src"]["changes_180d"] == 1


def test_a_file_keeps_its_commits_when_it_moves_and_the_move_alone_is_none() -> None:
    changes = [
        FileChange(1, 0, "c1", "old.py", None, "A"),
        FileChange(2, 0, "c2", "old.py", None, "M"),
        FileChange(3, 0, None, "new.py", "old.py", "R"),
        FileChange(4, 0, "c4", "new.py", None, "M"),
        FileChange(5, 0, "c5", "gone.py", None, "A"),
        FileChange(6, 0, "c6", "gone.py", None, "D"),
    ]
    assert commits_of_files(changes, frozenset({"new.py", "untouched.py"})) == {"new.py": {"c1", "c2", "c4"}}
