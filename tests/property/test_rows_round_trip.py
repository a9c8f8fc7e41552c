"""Any row that a collector can hand over comes back as it was, or, where it is no text, spelt out."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.model.table import Column, Row, Table
from trueline.tables.engine import Database

TEXTS = st.text(st.characters(), max_size=20)
NULL = st.none()
TYPES = {
    "varchar": NULL | TEXTS,
    "varchar[]": NULL | st.lists(NULL | TEXTS, max_size=4),
    "bigint": NULL | st.integers(-(2**63), 2**63 - 1),
    "double": NULL | st.floats(allow_nan=False, allow_infinity=False),
    "boolean": NULL | st.booleans(),
    "date": NULL | st.dates(),
    "timestamptz": NULL | st.datetimes(timezones=st.just(UTC) | st.timezones(), allow_imaginary=False),
    "decimal(18,2)": NULL | st.decimals(-(10**15), 10**15, allow_nan=False, places=2),
    "blob": NULL | st.binary(max_size=20),
}
TABLE = Table("t", "T", tuple(Column(f"c{n}", type_, "") for n, type_ in enumerate(TYPES)), ("c0",), "evidence")


def spelt_out(value: object) -> object:
    """Return what should come back."""
    if isinstance(value, str):
        return "".join(f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in value)
    if isinstance(value, list):
        return [spelt_out(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC)  # Python never takes an hour that a zone has twice for equal to another
    return value


def safe_instants(row: Row) -> bool:
    """Leave out instants that are outside of what Python can say in UTC."""
    try:
        row[6] is None or row[6].astimezone(UTC)  # type: ignore[attr-defined]
    except OverflowError:
        return False
    return True


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*TYPES.values()).filter(safe_instants), max_size=8))
def test_rows_come_back_in_order_and_as_they_were(rows: list[Row]):
    database = Database.building()
    database.load(TABLE, rows)

    back = database.rows("select * from t")
    database.close()

    assert back == [tuple(map(spelt_out, row)) for row in rows]
    assert all(isinstance(row[7], Decimal | None) for row in back)
