"""Say how the rows that came differ from those that a case expects. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def difference(rows: Sequence[Mapping[str, Any]], expected: Sequence[Any]) -> str:
    """Say how rows differ from what was expected (subjects, or partial rows in any order); nothing where they do not."""
    left = list(rows)
    for wanted in expected:
        partial = wanted if isinstance(wanted, dict) else {"subject": wanted}
        found = next((row for row in left if _matches(row, partial)), None)
        if found is None:
            return f"{wanted} is missing; there were {[_brief(row, partial) for row in rows]}"
        left.remove(found)
    if left:
        return f"not expected: {[row.get('subject') or row.get('sentence') for row in left]}"
    return ""


def _brief(row: Mapping[str, Any], partial: Mapping[str, Any]) -> Any:
    return {name: row.get(name) for name in partial} if len(partial) > 1 else row.get("subject")


def _matches(row: Mapping[str, Any], partial: Mapping[str, Any]) -> bool:
    return all(name in row and same(value, row[name]) for name, value in partial.items())


def same(wanted: Any, got: Any) -> bool:
    """Say whether a value is the one wanted: numbers within rounding, all else as text."""
    if wanted is None or got is None:
        return wanted is None and got is None
    if isinstance(wanted, int | float) and not isinstance(wanted, bool) and not isinstance(got, str):
        try:
            return abs(float(wanted) - float(got)) < 1e-6
        except (TypeError, ValueError):
            return False
    return str(wanted) == str(got)
