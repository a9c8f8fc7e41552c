"""What a text means as the type that the schema gives it: strictly, and in one spelling per type."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from trueline.model.record import FieldType

LARGEST_INTEGER = 2**63 - 1
"""bigint"""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,13})(?:\.[0-9]{1,4})?")  # decimal(18,4)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)

EXPECTED: dict[FieldType, str] = {
    "text": "text",
    "integer": "a whole number such as 7",
    "decimal": "a decimal number such as 12.50, with at most four places",
    "boolean": "true or false",
    "date": "a date such as 2026-01-31",
    "instant": "an instant with its offset, such as 2026-01-31T09:00:00Z",
    "list": "a list",
}


def _integer(text: str) -> int | None:
    if not _INTEGER.fullmatch(text):
        return None
    number = int(text)
    return number if -LARGEST_INTEGER <= number <= LARGEST_INTEGER else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def _boolean(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


def _date(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:  # 30 February
        return None


def _instant(text: str) -> datetime | None:
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):  # 25 o'clock, or before the year 1 in UTC
        return None


_READERS: dict[FieldType, Callable[[str], object | None]] = {
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "instant": _instant,
}


def typed(text: str, type: FieldType) -> object | None:
    """Return the value of a text as that type, instants in UTC; None where it has none.

    The items of a list are texts.
    """
    reader = _READERS.get(type)
    return text if reader is None else reader(text)
