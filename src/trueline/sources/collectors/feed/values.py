"""Make one value of a file one value of a column, exactly or not at all.

Text is taken where it says the value in one way only; nothing is rounded, guessed or cut.
An empty text is no value.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

from trueline.model.table import Column, Value
from trueline.settings.suggestion import shown

_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9:]{2,8})?"
)
_DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")
_UNFIT_TEXT = re.compile("[\x00\ud800-\udfff]")


_INFINITY = datetime.max.replace(tzinfo=UTC)
"""What DuckDB makes of infinity, as `date.max` for dates."""


class Unfit(ValueError):
    """A value that its column cannot take; says what it must be."""

    def __init__(self, must: str, fix: str = "") -> None:
        super().__init__(must)
        self.must = must
        self.fix = fix


class Typing:
    """Turns values into those of columns; counts the local times that could be either of two."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self.zone = zone
        self.ambiguous = 0

    def value(self, given: object, column: Column) -> Value:
        """Return the value for a column, None for no value. Raises Unfit."""
        if given is None or given == "":
            return None
        if isinstance(given, str) and (bad := _UNFIT_TEXT.search(given)):
            raise Unfit("be UTF-8 text without NUL", f"Mend {_named(bad[0])} in it.")
        if column.type == "timestamptz":
            return self._instant(given)
        if match := _DECIMAL.fullmatch(column.type):
            return _decimal(given, int(match[1]), int(match[2]))
        return _TYPES[column.type](given)

    def _instant(self, given: object) -> datetime:
        at = given
        if isinstance(given, str) and _INSTANT.fullmatch(given):
            try:
                at = datetime.fromisoformat(given)
            except ValueError as error:
                raise Unfit("be an instant that exists") from error
        if not isinstance(at, datetime):
            raise Unfit("be an instant such as 2026-03-02T10:00:00Z")
        if at.replace(tzinfo=UTC) == _INFINITY:
            raise Unfit("be an instant, not infinity")
        if at.tzinfo is None:
            at = self._located(at)
        try:
            return at.astimezone(UTC)
        except (OverflowError, ValueError) as error:
            raise Unfit("be an instant that exists in UTC") from error

    def _located(self, at: datetime) -> datetime:
        """Put a time into the feed's zone; of a time that comes twice, the first."""
        if self.zone is None:
            raise Unfit("be an instant with a zone, such as 2026-03-02T10:00:00Z", "Or give the feed a zone.")
        local = at.replace(tzinfo=self.zone, fold=0)
        try:
            if local.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != at:
                raise Unfit(f"be a time that clocks show in {self.zone}")
            if local.utcoffset() != local.replace(fold=1).utcoffset():
                self.ambiguous += 1
        except OverflowError as error:
            raise Unfit("be an instant that exists in UTC") from error
        return local


def _text(given: object) -> str:
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)  # many systems number what others name
    if not isinstance(given, str):
        raise Unfit("be text")
    if not given.strip():
        raise Unfit("be text, not blanks")
    return given


def _integer(given: object) -> int:
    if isinstance(given, str) and _INTEGER.fullmatch(given):
        given = int(given)
    if not isinstance(given, int) or isinstance(given, bool) or not -(2**63) <= given < 2**63:
        raise Unfit("be a whole number of 64 bits")
    return given


def _boolean(given: object) -> bool:
    if isinstance(given, str):
        given = {"true": True, "false": False}.get(given.lower())
    if not isinstance(given, bool):
        raise Unfit("be true or false")
    return given


def _date(given: object) -> date:
    if isinstance(given, str) and _DAY.fullmatch(given):
        try:
            return date.fromisoformat(given)
        except ValueError as error:
            raise Unfit("be a date that exists") from error
    if not isinstance(given, date) or isinstance(given, datetime) or given == date.max:
        raise Unfit("be a date such as 2026-03-02")
    return given


def _decimal(given: object, digits: int, places: int) -> Decimal:
    if isinstance(given, float):
        raise Unfit("be an exact decimal, not a binary floating-point number", "Write it as decimal.")
    if isinstance(given, str) and _NUMBER.fullmatch(given):
        given = Decimal(given)
    if isinstance(given, int) and not isinstance(given, bool):
        given = Decimal(given)
    must = f"be a number of at most {digits - places} digits before the point and {places} after it"
    if not isinstance(given, Decimal) or not given.is_finite() or given.adjusted() >= digits - places:
        raise Unfit(must)
    exact = given.quantize(Decimal(1).scaleb(-places))
    if exact != given:  # comparing never rounds
        raise Unfit(must)
    return exact


def _double(given: object) -> float:
    if isinstance(given, str) and _NUMBER.fullmatch(given):
        given = float(given)
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        raise Unfit("be a number")
    try:
        number = float(given)
    except OverflowError as error:
        raise Unfit("be a number of 64 bits") from error
    if not math.isfinite(number):
        raise Unfit("be a finite number")
    return number


def _texts(given: object) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise Unfit("be a list of texts")
    if any(_UNFIT_TEXT.search(one) for one in given):
        raise Unfit("be a list of UTF-8 texts without NUL")
    return given


def _named(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"the byte \\x{code - 0xDC00:02x}"
    return "the NUL character" if code == 0 else f"the half character \\u{code:04x}"


def given_as(value: object) -> str:
    """Return a value as a message shows it."""
    if isinstance(value, str):
        return shown(value)
    if value is True or value is False:
        return str(value).lower()
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = str(value)
    return text if len(text) <= 40 and text.isprintable() else shown(text)


_TYPES = {
    "varchar": _text,
    "bigint": _integer,
    "boolean": _boolean,
    "date": _date,
    "double": _double,
    "varchar[]": _texts,
}
