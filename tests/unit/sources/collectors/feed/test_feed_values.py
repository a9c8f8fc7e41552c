"""A value fits its column exactly or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from trueline.model.errors import UsageError
from trueline.model.feed_tables import FEED_TABLES
from trueline.model.table import Column
from trueline.sources.collectors.feed import open_zone
from trueline.sources.collectors.feed.values import _TYPES, Typing, Unfit

LISBON = ZoneInfo("Europe/Lisbon")


def value(given: object, type_: str, zone: ZoneInfo | None = None) -> object:
    return Typing(zone).value(given, Column("x", type_, "Anything."))


@pytest.mark.parametrize(
    ("given", "type_", "wanted"),
    [
        ("", "varchar", None),
        (None, "bigint", None),
        (42, "varchar", "42"),
        ("-9223372036854775808", "bigint", -(2**63)),
        ("TRUE", "boolean", True),
        (False, "boolean", False),
        ("2026-02-28", "date", date(2026, 2, 28)),
        ("12.5", "decimal(18,2)", Decimal("12.50")),
        (12, "decimal(18,2)", Decimal("12.00")),
        ("-9999999999999999.99", "decimal(18,2)", Decimal("-9999999999999999.99")),
        (Decimal("1E+3"), "decimal(18,2)", Decimal("1000.00")),
        ("0.1", "double", 0.1),
        (["a"], "varchar[]", ["a"]),
        ("2026-01-01T00:00:00+05:30", "timestamptz", datetime(2025, 12, 31, 18, 30, tzinfo=UTC)),
        ("2026-01-01 00:00Z", "timestamptz", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-01-01T00:00:00.123456Z", "timestamptz", datetime(2026, 1, 1, microsecond=123456, tzinfo=UTC)),
    ],
)
def test_a_value_is_taken_exactly(given: object, type_: str, wanted: object) -> None:
    assert value(given, type_) == wanted


@pytest.mark.parametrize(
    ("given", "type_"),
    [
        ("  ", "varchar"),
        (1.0, "varchar"),
        (True, "varchar"),
        ("9223372036854775808", "bigint"),
        ("1_000", "bigint"),
        (" 1", "bigint"),
        ("١", "bigint"),
        (True, "bigint"),
        (Decimal("1.0"), "bigint"),
        ("yes", "boolean"),
        (1, "boolean"),
        ("20260228", "date"),
        ("2026-02-29", "date"),
        ("2026-W01-1", "date"),
        (datetime(2026, 1, 1, tzinfo=UTC), "date"),
        ("1.005", "decimal(18,2)"),
        ("1,50", "decimal(18,2)"),
        (0.1, "decimal(18,2)"),
        ("10000000000000000", "decimal(18,2)"),
        ("1234567890123456.000000000000000000001", "decimal(18,2)"),
        (Decimal("1e-999999"), "decimal(18,2)"),
        (Decimal("NaN"), "decimal(18,2)"),
        (True, "decimal(18,2)"),
        ("inf", "double"),
        (10**400, "double"),
        (float("nan"), "double"),
        (["a", 1], "varchar[]"),
        ("2026-01-01", "timestamptz"),
        ("2026-01-01T00:00:60Z", "timestamptz"),
        ("2026-01-01T24:00:00Z", "timestamptz"),
        ("0001-01-01T00:00:00+14:00", "timestamptz"),
        ("2026-01-01T00:00:00", "timestamptz"),
        ("2026-01-01T00:00:00+99:00", "timestamptz"),
        (1767225600, "timestamptz"),
        (datetime(9999, 12, 31, 23, 59, 59, 999999), "timestamptz"),  # noqa: DTZ001 as DuckDB gives infinity
    ],
)
def test_what_is_not_exactly_a_value_is_refused(given: object, type_: str) -> None:
    with pytest.raises(Unfit):
        value(given, type_)


def test_times_without_a_zone_are_those_of_the_feed_s_zone() -> None:
    assert value("2026-07-01T12:00:00", "timestamptz", LISBON) == datetime(2026, 7, 1, 11, tzinfo=UTC)
    assert value("2026-07-01T12:00:00Z", "timestamptz", LISBON) == datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_a_time_that_clocks_skip_is_refused() -> None:
    with pytest.raises(Unfit, match="be a time that clocks show in Europe/Lisbon"):
        value("2026-03-29T01:30:00", "timestamptz", LISBON)


def test_of_a_time_that_comes_twice_the_first_is_taken_and_counted() -> None:
    typing = Typing(LISBON)
    column = Column("at", "timestamptz", "When.")

    first = typing.value("2026-10-25T01:30:00", column)
    typing.value("2026-10-25T03:30:00", column)

    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert isinstance(first, datetime)
    assert first.utcoffset() == timedelta(0)
    assert typing.ambiguous == 1


@pytest.mark.parametrize("name", ["Mars/Base", "../../etc/passwd", "/etc/localtime", "", "Europe"])
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is no time zone"):
        open_zone(name)


def test_every_column_that_a_feed_can_fill_has_a_type_that_feeds_know() -> None:
    types = {column.type for table in FEED_TABLES for column in table.columns}

    assert {one for one in types if one not in _TYPES} == {"timestamptz", "decimal(18,2)"}
