"""What the rows of pace say, through SQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from trueline.analyses.pace import ANALYSIS
from trueline.analyses.pace.build import marks, quarter_of
from trueline.analyses.pace.slices import shown_slices

HORIZON = datetime(2026, 5, 10, tzinfo=UTC)
SATURDAY_NIGHT = datetime(2026, 2, 6, 22, 30, tzinfo=UTC)
"""In UTC still Friday; an hour and a half further east it is Saturday."""


def microseconds(instant: datetime) -> int:
    return int((instant - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))


def build(*changes: tuple[str, str, datetime, int | None], teams: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Return the rows of changes given as commit, person, landing and offset."""

    def read(sql: str) -> list[tuple[Any, ...]]:
        if "from horizons" in sql:
            return [("quay", microseconds(HORIZON))]
        if "min_by" in sql:
            return [("quay", commit, team) for commit, team in (teams or {}).items()]
        return [("quay", c, person, microseconds(at), microseconds(at), offset) for c, person, at, offset in changes]

    (rows,) = ANALYSIS.build(read).values()
    (table,) = ANALYSIS.writes
    return [dict(zip(table.column_names, row, strict=True)) for row in rows]


def test_the_day_is_the_one_on_the_authors_clock() -> None:
    at = microseconds(SATURDAY_NIGHT)

    assert marks(at, 0) == ["changes", "timed", "utc", "late"]
    assert marks(at, 120) == ["changes", "timed", "weekend", "late"]
    assert marks(at, -180) == ["changes", "timed"]
    assert marks(at, None) == ["changes"]


def test_a_quarter_begins_with_its_first_day() -> None:
    days = [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31)]
    assert [quarter_of(day).month for day in days] == [1, 1, 4, 10]


def test_five_persons_are_a_row_and_four_are_none() -> None:
    five = [(f"c{n}", f"p{n}", SATURDAY_NIGHT, 120) for n in range(5)]

    assert build(*five[:4]) == []
    (row,) = build(*five)
    assert (row["team"], row["quarter"], row["people"]) == (None, date(2026, 1, 1), 5)
    assert (row["changes"], row["weekend_changes"], row["late_changes"]) == (5, 5, 5)


def test_persons_whose_clock_is_not_known_do_not_make_the_others_many() -> None:
    untimed = [(f"c{n}", f"p{n}", SATURDAY_NIGHT, None) for n in range(9)]

    assert build(("x", "p0", SATURDAY_NIGHT, 0), *untimed) == []


def test_a_quarter_that_still_runs_is_not_shown() -> None:
    assert build(*((f"c{n}", f"p{n}", HORIZON - timedelta(days=1), 0) for n in range(9))) == []


@pytest.mark.parametrize(
    ("landed", "quarters"),
    [(datetime(2023, 4, 1, tzinfo=UTC), [date(2023, 4, 1)]), (datetime(2023, 3, 31, tzinfo=UTC), [])],
)
def test_a_quarter_that_is_read_in_part_only_is_not_shown_in_place_of_an_empty_one(
    landed: datetime, quarters: list[date]
) -> None:
    assert [row["quarter"] for row in build(*((f"c{n}", f"p{n}", landed, 0) for n in range(9)))] == quarters


def test_a_team_is_shown_only_where_all_others_are_enough_too() -> None:
    changes = [(f"c{n}", f"p{n}", SATURDAY_NIGHT, 0) for n in range(10)]
    yard = {f"c{n}": "@harbour/yard" for n in range(5)}

    assert [row["team"] for row in build(*changes, teams=yard)] == [None, "@harbour/yard"]
    assert [row["team"] for row in build(*changes[:9], teams=yard)] == [None]


def test_two_teams_and_a_small_rest_lose_the_smaller_team() -> None:
    people = {"yard": frozenset("abcdef"), "quay": frozenset("ghijk"), None: frozenset("xy")}

    assert shown_slices(people) == frozenset({"yard"})


@pytest.mark.parametrize("people", [{}, {None: frozenset("abcd")}, {"yard": frozenset("abcd")}])
def test_too_few_persons_are_not_shown_at_all(people: dict[str | None, frozenset[str]]) -> None:
    assert shown_slices(people) is None
