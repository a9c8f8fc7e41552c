"""CSV is read strictly, and every problem says where it is in the file."""

from __future__ import annotations

import pytest

from trueline.sources.collectors.feed import csv_content

from .shapes import csv, problems, rows

HEAD = "visit_id,came_at,repository\n"
AT = "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "bom"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str, mark: str) -> None:
    content = csv(mark + f"{HEAD}a,{AT},x\nb,{AT},y\n".replace("\n", end))

    assert [(row["visit_id"], row["repository"]) for row in rows(content)] == [("a", "x"), ("b", "y")]


def test_quotes_commas_and_line_breaks_inside_quotes_are_text() -> None:
    (row,) = rows(csv(f'{HEAD}"a ""b"", c",{AT},"x\r\ny"\n'))

    assert (row["visit_id"], row["repository"]) == ('a "b", c', "x\r\ny")


def test_lines_are_those_of_the_file_also_after_line_breaks_inside_quotes() -> None:
    content = csv(f'{HEAD}a,{AT},"one\ntwo\nthree"\nb,tomorrow,x\n')

    assert problems(content) == [
        'visits.csv:5:3: came_at must be an instant such as 2026-03-02T10:00:00Z, not "tomorrow"'
    ]


def test_a_field_behind_a_line_break_has_the_place_where_it_stands() -> None:
    content = csv("repository,visit_id,came_at\n" + '"one\ntwo, ""x""",a,never\n')

    assert problems(content)[0].startswith("visits.csv:3:15: came_at must be")


def test_a_row_with_too_few_or_too_many_fields_is_told_with_both_counts() -> None:
    content = csv(f"{HEAD}a,{AT}\nb,{AT},x,y\nc,{AT},x\n")

    assert problems(content) == [
        "visits.csv:2:1: this row has 2 fields, the header 3",
        "visits.csv:3:26: this row has 4 fields, the header 3",
    ]


def test_what_follows_a_broken_quote_is_still_read() -> None:
    content = csv(f'{HEAD}"a"b,{AT},x\nc,never,x\n')

    assert [problem.split(":")[1] for problem in problems(content)] == ["2", "3"]


def test_a_quote_that_never_closes_is_told_where_its_row_begins() -> None:
    content = csv(f'{HEAD}a,{AT},x\nb,{AT},"y\nc,{AT},z\n')

    assert problems(content) == ["visits.csv:3: a quote opens in this row and never closes. Close it."]


def test_a_field_longer_than_the_limit_is_refused() -> None:
    content = csv(f"{HEAD}a,{AT},{'x' * 200_000}\nb,{AT},x\n")

    assert problems(content)[0].startswith("visits.csv:2: a field of this row is longer than 131,072 characters")


def test_a_long_field_within_the_limit_is_kept_whole() -> None:
    assert len(rows(csv(f"{HEAD}a,{AT},{'x' * 130_000}\n"))[0]["repository"]) == 130_000


def test_bytes_that_are_no_utf_8_are_told_one_by_one_with_their_place() -> None:
    content = csv_content("visits.csv", f"{HEAD}a,{AT},caf".encode() + b"\xe9\nb\xff," + f"{AT},x\n".encode())

    assert problems(content) == [
        'visits.csv:2:24: repository must be UTF-8 text without NUL, not "caf\\udce9". Mend the byte \\xe9 in it.',
        'visits.csv:3:1: visit_id must be UTF-8 text without NUL, not "b\\udcff". Mend the byte \\xff in it.',
    ]


def test_utf_16_and_nul_are_refused() -> None:
    assert problems(csv_content("visits.csv", (HEAD + "a,b,c\n").encode("utf-16"))) == [
        "visits.csv:1:1: is encoded as UTF-16. Save it as UTF-8."
    ]
    assert "Mend the NUL character in it" in problems(csv(f"{HEAD}a\0,{AT},x\n"))[0]


def test_columns_need_names_of_their_own() -> None:
    content = csv(f"visit_id,came_at,,visit_id\na,{AT},x,b\n")

    assert problems(content) == [
        'visits.csv:1:1: 2 columns are named "visit_id". Give each its own name.',
        "visits.csv:1:18: a column has no name. Name it in the first line.",
    ]


def test_a_header_without_rows_is_known_to_be_empty_and_no_header_is_a_failed_export() -> None:
    assert rows(csv(HEAD)) == []
    assert problems(csv("")) == [
        "visits.csv:1:1: has no header line. Without one, no rows cannot be told from a failed export."
    ]


def test_a_carriage_return_alone_is_no_line_end_among_line_feeds() -> None:
    assert problems(csv(f"{HEAD}\ra,{AT},x\nb,{AT},y\rz\n")) == [
        "visits.csv:2: a carriage return stands alone outside quotes. Quote its field.",
        "visits.csv:3: a carriage return stands alone outside quotes. Quote its field.",
    ]


def test_blank_lines_hold_nothing() -> None:
    assert len(rows(csv(f"{HEAD}\na,{AT},x\n\n\n"))) == 1
