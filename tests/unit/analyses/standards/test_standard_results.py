from __future__ import annotations

from typing import Any

from trueline.analyses.standards import STANDARD_REACH, STANDARD_RESULTS, build

FILES = [("shop", "src/a.py"), ("shop", "src/old/b.py"), ("web", "a.js")]


def built(standards: list[tuple[Any, ...]], found: list[tuple[Any, ...]]) -> tuple[list[Any], list[Any]]:
    def read(sql: str) -> list[tuple[Any, ...]]:
        if "current_scanner_results" in sql:
            return found
        return FILES if "from files" in sql else standards

    tables = build(read)
    return list(tables[STANDARD_REACH.name]), list(tables[STANDARD_RESULTS.name])


def found(standard: str, path: str | None) -> tuple[Any, ...]:
    return ("shop", "handbook", standard, "ruff", "", str(path), "E501", "error", path, 3)


def test_a_standard_reaches_the_files_of_its_paths_or_all():
    reach, _ = built([("shop", "handbook", "A", ["src/", "!src/old/"]), ("web", "handbook", "A", [])], [])
    assert reach == [("shop", "handbook", "A", 1), ("web", "handbook", "A", 1)]


def test_only_results_in_its_paths_break_it():
    rows = [found("A", "src/a.py"), found("A", "src/old/b.py"), found("A", None)]
    _, broken = built([("shop", "handbook", "A", ["src/", "!src/old/"])], rows)
    assert broken == rows[:1]


def test_without_paths_every_result_breaks_it_even_one_without_a_file():
    rows = [found("A", "src/a.py"), found("A", None)]
    _, broken = built([("shop", "handbook", "A", [])], rows)
    assert broken == rows


def test_a_pattern_that_cannot_be_read_holds_for_nothing():
    reach, broken = built([("shop", "handbook", "A", ["a*b*c*d*e*f"])], [found("A", "src/a.py")])
    assert reach == [("shop", "handbook", "A", 0)]
    assert broken == []


def test_without_standards_nothing_is_read_and_nothing_comes():
    assert built([], [found("A", "src/a.py")]) == ([], [])
