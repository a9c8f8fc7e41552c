"""Degree of authorship, truck factors and areas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isclose, log
from typing import Any

from trueline.analyses.knowledge.areas import areas_of
from trueline.analyses.knowledge.authorship import authorships, degree_of_authorship
from trueline.analyses.knowledge.figures import Scope, measure_knowledge
from trueline.analyses.knowledge.lineage import FileChange, trace_lineages
from trueline.analyses.knowledge.tables import FILE_AUTHORS, TRUCK_FACTORS
from trueline.analyses.knowledge.truck_factor import truck_factor

DAY = 86_400_000_000
FILES = frozenset({f"src/f{n}.py" for n in range(12)})
SCOPE = Scope("shop", date(2026, 3, 1), 1000 * DAY, FILES, FILES)


def change(position: int, who: str | None, status: str, path: str, day: int = 0) -> FileChange:
    return FileChange(position, day * DAY, who, path, None, status)


def created_by(who: str | None) -> list[FileChange]:
    return [change(1, who, "A", path) for path in sorted(FILES)]


def figures(changes: list[FileChange], scope: Scope = SCOPE) -> list[dict[str, Any]]:
    rows = measure_knowledge(scope, changes)["truck_factors"]
    return [dict(zip(TRUCK_FACTORS.column_names, row, strict=True)) for row in rows]


def test_the_degree_of_authorship_is_the_published_sum() -> None:
    assert isclose(degree_of_authorship(True, 0, 0), 4.391)
    assert isclose(degree_of_authorship(False, 3, 0), 3.785)
    assert isclose(degree_of_authorship(True, 2, 5), 3.293 + 1.098 + 0.328 - 0.321 * log(6))


def test_who_only_passed_by_is_no_author() -> None:
    changes = [
        change(1, "ann", "A", "a.py"),
        change(2, "bob", "M", "a.py"),
        *(change(n, "ann", "M", "a.py") for n in range(3, 9)),
    ]
    found = {one.person_key: one for one in authorships(trace_lineages(changes), ["a.py"])}
    assert (found["ann"].deliveries, found["ann"].acceptances, found["ann"].is_author) == (6, 1, True)
    assert (found["bob"].deliveries, found["bob"].acceptances, found["bob"].is_author) == (1, 6, False)
    assert found["ann"].normalised == 1.0


def test_a_high_share_of_a_low_degree_is_no_authorship() -> None:
    changes = [change(n, f"p{n}", "M", "a.py") for n in range(1, 41)]
    found = authorships(trace_lineages(changes), ["a.py"])
    assert {one.normalised for one in found} == {1.0}
    assert not any(one.is_author for one in found)


def test_one_person_who_wrote_everything_is_a_truck_factor_of_one() -> None:
    whole, area = figures(created_by("ann"))
    assert (whole["area"], whole["truck_factor"], whole["first_share"], whole["sole_share"]) == (None, 1, 1.0, 1.0)
    assert (area["area"], area["files"], area["people"]) == ("src", 12, 1)


def test_people_go_until_more_than_half_of_the_files_have_no_author() -> None:
    assert truck_factor({"a": {"ann"}, "b": {"bob"}}).truck_factor == 2
    assert truck_factor({"a": {"ann"}, "b": {"ann"}, "c": {"bob"}}).truck_factor == 1
    assert truck_factor({"a": {"ann"}, "b": {"bob"}, "c": set(), "d": set()}).truck_factor == 1
    assert truck_factor({"a": {"ann"}, "b": set(), "c": set()}).truck_factor == 0


def test_a_file_with_two_authors_needs_both_to_go() -> None:
    measured = truck_factor({"a": {"ann", "bob"}, "b": {"ann", "bob"}})
    assert (measured.truck_factor, measured.sole_share) == (2, 0.0)


def test_shares_are_unknown_where_nobody_is_an_author() -> None:
    measured = truck_factor({"a": set()})
    assert (measured.people, measured.first_share, measured.sole_share) == (0, None, 0.0)


def test_what_only_bots_wrote_has_no_author() -> None:
    whole = figures(created_by(None))[0]
    assert (whole["files_with_author"], whole["people"], whole["truck_factor"], whole["changes_90d"]) == (0, 0, 0, 0)


def test_recent_changes_are_those_of_ninety_days_up_to_the_horizon() -> None:
    days = (909, 910, 911, 1000, 1001)
    changes = created_by("ann") + [change(2 + n, "ann", "M", "src/f0.py", day) for n, day in enumerate(days)]
    assert figures(changes)[0]["changes_90d"] == 2


def test_a_history_that_is_cut_off_names_areas_and_no_authors() -> None:
    rows = measure_knowledge(replace(SCOPE, is_cut_off=True), created_by("ann"))
    assert (rows["file_authors"], rows["truck_factors"]) == ([], [])
    assert rows["areas"] == [("shop", "src", 12)]


def test_only_files_that_people_write_count() -> None:
    rows = measure_knowledge(SCOPE, [*created_by("ann"), change(1, "bob", "A", "README.md")])
    assert {row[FILE_AUTHORS.column_names.index("person_key")] for row in rows["file_authors"]} == {"ann"}


def test_a_repository_without_code_has_no_figures() -> None:
    empty = replace(SCOPE, tree=frozenset(), paths=frozenset())
    assert all(rows == [] for rows in measure_knowledge(empty, created_by("ann")).values())


def paths(directory: str, count: int) -> list[str]:
    return [f"{directory}/f{n}.py" for n in range(count)]


def sizes(*groups: list[str]) -> dict[str, int]:
    found = list(areas_of(path for group in groups for path in group).values())
    return {area: found.count(area) for area in set(found)}


def test_top_level_directories_of_ten_files_are_areas() -> None:
    assert sizes(paths("api", 10), paths("web", 12), paths("bin", 9), ["setup.py"]) == {"api": 10, "web": 12}


def test_a_directory_that_holds_most_files_is_opened() -> None:
    assert sizes(paths("src/shop/api", 20), paths("src/shop/web", 30), paths("tests", 15)) == {
        "src/shop/api": 20,
        "src/shop/web": 30,
        "tests": 15,
    }


def test_what_is_left_in_an_opened_directory_is_its_own_area() -> None:
    assert sizes(paths("src/api", 20), paths("src", 8), paths("src/small", 4)) == {"src/api": 20, "src": 12}


def test_a_directory_without_directories_is_not_opened() -> None:
    assert sizes(paths("t", 50)) == {"t": 50}


def test_no_more_than_three_levels_are_opened() -> None:
    assert sizes(paths("a/b/c/d/e/f", 40)) == {"a/b/c/d": 40}
