"""Rows go to DuckDB and come back as they were."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from trueline.model.errors import LakeRefused
from trueline.model.table import Column, Table
from trueline.tables.engine import Database
from trueline.tables.json_lines import PART_BYTES, JsonLines, quoted, select_rows, text_literal

INSTANT = datetime(2026, 3, 1, 23, 30, 0, 1, tzinfo=UTC)


def column_of(type_: str) -> Table:
    return Table("t", "T", (Column("a", type_, "A."),), ("a",), "evidence")


def through(type_: str, value: object) -> object:
    database = Database.building()
    try:
        database.load(column_of(type_), [(value,)])
        return database.rows("select a from t")[0][0]
    finally:
        database.close()


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("varchar", ""),
        ("varchar", "null"),
        ("varchar", "a\x00b\r\n\u2028\ufeff"),
        ("varchar", "\\u0000 \\ud800 \\"),
        ("varchar[]", ["", None, "null", "a\x00b"]),
        ("varchar[]", []),
        ("bigint", 2**63 - 1),
        ("bigint", -(2**63)),
        ("double", 5e-324),
        ("boolean", False),
        ("date", date(1, 1, 1)),
        ("date", date(9999, 12, 31)),
        ("date[]", [date(2024, 2, 29)]),
        ("timestamptz", INSTANT),
        ("timestamptz", datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("decimal(18,2)", Decimal("-0.01")),
        ("decimal(38,0)", Decimal(10**38 - 1)),
        ("blob", b"\x00\xff\n"),
        ("blob", b""),
        ("struct(name varchar, n bigint)[]", [{"name": "x\x00", "n": 1}]),
    ],
)
def test_a_value_comes_back_as_it_was(type_: str, value: object):
    assert through(type_, value) == value


@pytest.mark.parametrize(
    "type_", ["varchar", "bigint", "double", "date", "timestamptz", "blob", "varchar[]", "boolean"]
)
def test_nothing_stays_nothing(type_: str):
    assert through(type_, None) is None


def test_what_is_no_number_is_nothing():
    assert [through("double", value) for value in (float("inf"), float("nan"))] == [None, None]


def test_an_instant_of_any_zone_is_kept_in_utc():
    half_past = timezone(timedelta(hours=5, minutes=30))

    back = through("timestamptz", INSTANT.astimezone(half_past))

    assert back == INSTANT
    assert isinstance(back, datetime)
    assert back.utcoffset() == timedelta(0)


@pytest.mark.parametrize(("text", "shown"), [("\udce9t\udce9", "\\udce9t\\udce9"), ('"\ud800\\', '"\\ud800\\')])
def test_what_is_no_text_is_spelt_out(text: str, shown: str):
    assert through("varchar", text) == shown
    assert through("varchar[]", ["é", text]) == ["é", shown]


@pytest.mark.parametrize(
    ("type_", "value"),
    [("bigint", 2**63), ("date", "tomorrow"), ("decimal(18,2)", Decimal("NaN")), ("decimal(4,2)", Decimal("1000"))],
)
def test_a_value_that_does_not_fit_is_refused(type_: str, value: object):
    with pytest.raises(LakeRefused, match=r"Could not convert|invalid date"):
        through(type_, value)


def test_a_value_of_no_known_type_is_a_mistake_of_ours():
    with pytest.raises(TypeError, match="object cannot be a value"):
        through("varchar", object())


def test_a_set_has_one_order_whatever_order_it_was_filled_in(tmp_path: Path):
    lines = [JsonLines(column_of("varchar[]"), tmp_path / f"{n}.jsonl") for n in range(2)]
    # 8 and 16 fall on one place of a small set, so the first to come is the first to leave.
    lines[0].write([({8, 16},)])
    lines[1].write([({16, 8},)])

    assert lines[0].digest == lines[1].digest


def test_the_digest_knows_rows_table_and_schema_but_not_how_rows_were_handed_over(tmp_path: Path):
    one, two = (JsonLines(column_of("bigint"), tmp_path / name) for name in ("one", "two"))
    one.write([(1,), (2,)])
    two.write(iter([(1,)]))
    two.write([])
    two.write([(2,)])
    other = JsonLines(column_of("bigint"), tmp_path / "other")
    other.write([(2,), (1,)])

    assert one.digest == two.digest != other.digest
    assert (one.rows, two.rows) == (2, 2)


def test_every_row_is_one_line(tmp_path: Path):
    lines = JsonLines(column_of("varchar"), tmp_path / "rows")
    lines.write([("a\nb\r\u2028",), (None,)])
    lines.close()

    written = lines.paths[0].read_bytes().splitlines()
    assert [json.loads(line) for line in written[:2]] == [["a\nb\r\u2028"], [None]]
    assert len(written) == 2


def test_many_rows_go_to_several_files_and_come_back_in_their_order(tmp_path: Path):
    texts = [f"{number:06d}" + "x" * 200 for number in range(3 * PART_BYTES // 200)]
    lines = JsonLines(column_of("varchar"), tmp_path / "rows")
    lines.write((text,) for text in texts)
    lines.close()
    database = Database.building()

    back = [text for (text,) in database.rows(select_rows(lines))]
    database.close()

    assert 3 <= len(lines.paths) <= 5
    assert all(path.stat().st_size < 1.2 * PART_BYTES for path in lines.paths)
    assert back == texts


def test_names_and_texts_cannot_leave_their_quotes():
    assert quoted('a"; drop table t; --') == '"a""; drop table t; --"'
    assert text_literal("it's") == "'it''s'"
