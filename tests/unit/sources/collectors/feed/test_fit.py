"""Rows of a file fit the table as a whole, or everything that is wrong is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

from trueline.sources.collectors.feed import typed_content
from trueline.sources.collectors.feed.fit import fit

from .shapes import csv, feed, problems, rows

AT = "2026-01-01T00:00:00Z"


def test_columns_are_found_by_name_or_by_mapping_and_the_source_is_added() -> None:
    content = csv(f"id,came_at,day\na,{AT},2026-01-01\n")

    (row,) = rows(content, feed(columns={"visit_id": "id"}))

    assert row == {
        "source": "feed/quay",
        "visit_id": "a",
        "came_at": datetime(2026, 1, 1, tzinfo=UTC),
        "day": date(2026, 1, 1),
    }


def test_every_problem_of_a_file_is_told_in_one_run() -> None:
    content = csv(f"visit_id,cameat,boats\na,{AT},many\na,{AT},1\n,{AT},2\n")

    assert problems(content, feed(columns={"came_att": "x", "day": "dy"})) == [
        '--columns: "came_att" is no column that a feed fills in visits. Did you mean came_at?',
        (
            'visits.csv:1: there is no column "came_at", and every row needs it. Did you mean cameat? '
            "Map the column that holds it."
        ),
        'visits.csv:1: there is no column "dy" for day, and the mapping names it. Mend the mapping.',
        'visits.csv:1:10: "cameat" is no column of visits. Did you mean came_at? Map it to a column, or ignore it.',
        'visits.csv:2:26: boats must be a whole number of 64 bits, not "many"'.replace(":26:", f":{len(AT) + 4}:"),
        'visits.csv:3:1: visit_id "a" is in line 2 already. A feed has one row for each.',
        "visits.csv:4:1: visit_id is needed and has no value",
    ]


def test_the_column_that_names_the_source_is_not_for_a_file_to_fill() -> None:
    told = problems(csv(f"source,visit_id,came_at\ngit/x,a,{AT}\n"))

    assert told == ['visits.csv:1:1: "source" is no column of visits. Map it to a column, or ignore it.']


def test_an_unknown_column_is_left_out_only_where_somebody_says_so() -> None:
    content = f"visit_id,came_at,colour\na,{AT},red\n"

    assert len(problems(csv(content))) == 1
    assert problems(csv(content), feed(ignored=frozenset({"colour"}))) == []


def test_an_ignored_column_is_not_loaded_even_where_the_table_has_it() -> None:
    content = f"visit_id,came_at,day\na,{AT},2026-01-01\n"

    assert "day" not in rows(csv(content), feed(ignored=frozenset({"day"})))[0]
    assert problems(csv(content), feed(ignored=frozenset({"came_at"}))) == [
        'visits.csv:1: column "came_at" is ignored, and every row needs it. Map the column that holds it.'
    ]


def test_one_column_may_fill_two() -> None:
    (row,) = rows(csv(f"visit_id,came_at\na,{AT}\n"), feed(columns={"repository": "visit_id"}))

    assert (row["visit_id"], row["repository"]) == ("a", "a")


def test_fifty_problems_are_told_and_the_others_counted() -> None:
    content = csv("visit_id,came_at\n" + "".join(f"{number},never\n" for number in range(73)))

    told = problems(content)

    assert len(told) == 51
    assert told[49].startswith("visits.csv:51:")
    assert told[50] == "visits.csv:52:4: … 23 more problems from here on"


def test_rows_with_types_have_numbers_for_places() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    content = typed_content("visits.parquet", ["visit_id", "came_at", "paid"], [("a", at, None), ("a", at, 0.5)])

    assert problems(content) == [
        'visits.parquet:2:1: visit_id "a" is in row 1 already. A feed has one row for each.',
        (
            "visits.parquet:2:3: paid must be an exact decimal, not a binary floating-point number, not 0.5. "
            "Write it as decimal."
        ),
    ]


def test_the_same_time_of_day_is_needed_of_typed_rows() -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 a Parquet timestamp without a zone
    content = typed_content("visits.parquet", ["visit_id", "came_at"], [("a", naive)])

    assert "must be an instant with a zone" in problems(content)[0]


def test_what_lies_outside_of_the_population_is_noted() -> None:
    content = csv(f"visit_id,came_at,repository\na,{AT},berths\nb,{AT},portal\nc,{AT},\n")

    notes = fit(feed(repositories=("berths",), since=date(2026, 1, 2)), content).notes

    assert notes == (
        "1 row is of repositories that its population leaves out",
        "3 rows are older than 2026-01-02, the day that its population begins",
    )


def test_no_rows_are_noted_as_known_to_be_empty() -> None:
    assert fit(feed(), csv("visit_id,came_at\n")).notes == ("the file holds no rows: known to be empty",)
