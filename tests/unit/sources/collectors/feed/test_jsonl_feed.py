"""JSON lines are read exactly, one object per line, every member with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .shapes import feed, jsonl, problems, rows

ROW = '{"visit_id": "a", "came_at": "2026-01-01T00:00:00Z"%s}\n'


def test_numbers_stay_exact() -> None:
    (row,) = rows(jsonl(ROW % ', "paid": 0.10, "boats": 9007199254740993'))

    assert (row["paid"], str(row["paid"]), row["boats"]) == (Decimal("0.1"), "0.10", 9007199254740993)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[1]\n", "1:1: is not JSON: an object such as {...} was expected"),
        ('{"visit_id" "a"}\n', "1:13: is not JSON: a colon was expected"),
        ('{"visit_id": a}\n', "1:14: is not JSON: Expecting value"),
        ('{"visit_id": "a", }\n', "1:19: is not JSON: a name in double quotes was expected"),
        ('{"visit_id": "a"} {}\n', "1:19: is not JSON: there is more after the object"),
        ('{"visit_id": "a"\n}\n', "1:17: is not JSON: a comma or a closing brace was expected"),
        ('{"visit_id": "a", "visit_id": "b"}\n', '1:19: is not JSON: "visit_id" is there twice'),
        ('{"boats": NaN}\n', "1:1: holds a number that cannot be read exactly"),
        ('{"boats": ' + "9" * 5000 + "}\n", "1:1: holds a number that cannot be read exactly"),
        ('{"paid": 1e99999999999999999999}\n', "1:1: holds a number that cannot be read exactly"),
        ('{"boats": ' + "[" * 100_000 + "}\n", "1:1: is nested too deeply to be read"),
    ],
)
def test_what_is_no_object_is_told_with_its_place(text: str, told: str) -> None:
    assert problems(jsonl(text))[0].startswith(f"visits.jsonl:{told}")


def test_values_of_wrong_types_are_told_where_they_stand() -> None:
    content = jsonl(ROW % ', "boats": 1.5, "is_paid": 1, "day": {"y": 1}, "repository": true')

    assert problems(content) == [
        "visits.jsonl:1:63: boats must be a whole number of 64 bits, not 1.5",
        "visits.jsonl:1:79: is_paid must be true or false, not 1",
        "visits.jsonl:1:89: day must be a date such as 2026-03-02, not an object",
        "visits.jsonl:1:113: repository must be text, not true",
    ]


def test_an_unknown_column_is_told_once_where_it_is_first_seen() -> None:
    content = jsonl(ROW % ', "boat": 1' + (ROW % ', "boat": 2').replace('"a"', '"b"'))

    assert problems(content) == [
        'visits.jsonl:1:62: "boat" is no column of visits. Did you mean boats? Map it to a column, or ignore it.'
    ]


def test_a_needed_value_may_neither_be_missing_nor_null() -> None:
    content = jsonl('{"visit_id": null, "came_at": "2026-01-01T00:00:00Z"}\n{"visit_id": "b"}\n')

    assert problems(content) == [
        "visits.jsonl:1:14: visit_id is needed and has no value",
        "visits.jsonl:2:1: came_at is needed and has no value",
    ]


def test_a_mapped_column_that_no_row_has_is_told() -> None:
    told = problems(jsonl(ROW % ', "boats": 1'), feed(columns={"day": "dai"}))

    assert told == ['visits.jsonl: there is no column "dai" for day, and the mapping names it. Mend the mapping.']


def test_half_characters_and_stray_bytes_are_refused() -> None:
    told = problems(jsonl(ROW % ', "repository": "\\ud800"' + (ROW % ', "repository": "\udcff"').replace('"a"', '"b"')))

    assert told[0].endswith("Mend the half character \\ud800 in it.")
    assert told[1].endswith("Mend the byte \\xff in it.")


def test_no_lines_are_known_to_be_no_rows() -> None:
    assert rows(jsonl("")) == rows(jsonl("\n \r\n")) == []


def test_line_separators_inside_text_do_not_end_a_line() -> None:
    (row,) = rows(jsonl(ROW % ', "repository": "a\u2028b\u0085c"'))

    assert row["repository"] == "a\u2028b\u0085c"
