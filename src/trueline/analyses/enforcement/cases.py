"""Which rows of a test's table are gone, and which expect something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from trueline.analyses.enforcement.context import Context
from trueline.analyses.enforcement.remainders import Remainder
from trueline.analyses.enforcement.similarity import alike, arguments_of, literals_of
from trueline.model.enforcement import ChangeKind

_LIKE = 0.5
_CUT = "…"
_KEYED = re.compile(r"(?P<key>[^\W\d]\w*):(?P<value>.+)", re.DOTALL)
_EXPECTATION = re.compile(r"(?i)want|exp(?:ect|$|[A-Z_])|(?:out|output|result|err|error|errmsg|golden)$|should|valid$")
_TITLES = frozenset({"name", "desc", "description", "title", "comment", "msg", "message"})
"""Columns that name a row for people."""
_CUT_BODY = 3_900
"""Of a longer body not all is kept: rows may stand in what is missing."""


@dataclass(frozen=True)
class CaseLoss:
    """One row that is gone, or that expects something else."""

    kind: ChangeKind
    old: str
    new: str | None
    is_certain: bool = True


def case_losses(remainder: Remainder, context: Context) -> Iterator[CaseLoss]:
    """Yield the rows of a matched unit that are gone or changed what they expect."""
    before, after = remainder.before, remainder.after
    if before is None or after is None or not before.unit.cases:
        return
    if after.unit.table_name is not None or before.unit.cases == after.unit.cases:
        return
    if _became_fixture(remainder) or (not after.unit.cases and len(after.unit.body) >= _CUT_BODY):
        return
    lost = list((Counter(before.unit.cases) - Counter(after.unit.cases)).elements())
    gained = list((Counter(after.unit.cases) - Counter(before.unit.cases)).elements())
    for old, new in _aligned(lost, gained):
        lost.remove(old)
        gained.remove(new)
        if not after.is_helper and _expects_otherwise(old, new, remainder):
            yield CaseLoss("expected_changed", old, new, is_certain=_CUT not in old + new)
    lost = [old for old in lost if not _is_elsewhere(old, remainder, context)]
    is_narrower = _width(after.unit.cases) < _width(before.unit.cases)
    for old in lost[: max(0, len(lost) - len(gained))]:
        yield CaseLoss("case_removed", old, None, is_certain=not (gained or is_narrower or context.removed_names))


def _aligned(lost: list[str], gained: list[str]) -> list[tuple[str, str]]:
    candidates = sorted(
        (-alike(old, new) - 0.5 * (_first(old) == _first(new)), place, other)
        for place, old in enumerate(lost[:300])
        for other, new in enumerate(gained[:300])
        if alike(old, new) >= _LIKE or _first(old) == _first(new)
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for _, place, other in candidates:
        if place not in taken[0] and other not in taken[1]:
            taken[0].add(place)
            taken[1].add(other)
            found.append((lost[place], gained[other]))
    return found


def _expects_otherwise(old: str, new: str, remainder: Remainder) -> bool:
    """Tell whether two rows give the same and expect another value."""
    before, after = arguments_of(old), arguments_of(new)
    names = _names_of(remainder)
    keyed = (_by_key(before, names[0]), _by_key(after, names[1]))
    if keyed[0] and keyed[1]:
        said = _said_keys(keyed[0] | keyed[1], remainder)
        if said or (names[0] and names[1]):
            return _expects_otherwise_by_key(*keyed, said)
    if len(before) != len(after) or len(before) < 2 or literals_of(old) == literals_of(new):
        return False
    differing = {place for place in range(len(before)) if before[place] != after[place]}
    expected = _expected_columns(remainder, len(before))
    if expected is None:
        return 0 not in differing and len(differing) <= len(before) / 2 and len(before) - 1 in differing
    return bool(differing & expected) and differing <= expected


def _names_of(remainder: Remainder) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the columns on both sides, where a table of structures tells them."""
    before, after = remainder.before, remainder.after
    return (before.unit.case_names if before else (), after.unit.case_names if after else ())


def _by_key(columns: list[str], names: tuple[str, ...]) -> dict[str, str]:
    """Return the columns by their names; nothing where one has none."""
    if len(names) == len(columns) and not _KEYED.fullmatch(columns[0]):
        return dict(zip(names, columns, strict=True))
    if len(columns) > 1 and columns[0][:1] == '"' and not _KEYED.fullmatch(columns[0]):
        columns = columns[1:]  # the key of a map, which names the row
    found = [_KEYED.fullmatch(column) for column in columns if column]
    return {match["key"]: match["value"] for match in found if match} if found and all(found) else {}


def _said_keys(columns: dict[str, str], remainder: Remainder) -> set[str]:
    """Return the names of the columns that are expected: by what assertions expect, or by how they are named."""
    unit = remainder.after.unit if remainder.after else None
    assertions = unit.assertions if unit else ()
    expected = set(re.findall(r"\w+", " ".join(f"{each.expected} {each.message or ''}" for each in assertions)))
    looked_at = set(re.findall(r"\w+", " ".join(each.subject for each in assertions)))
    return {key for key in columns if _EXPECTATION.match(key) or (key in expected and key not in looked_at)}


def _expects_otherwise_by_key(before: dict[str, str], after: dict[str, str], said: set[str]) -> bool:
    """Tell whether of two rows with named columns only what is expected differs."""
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} - _TITLES
    if not differing or not differing <= said:
        return False
    values = [" ".join(side.get(key, "") for key in sorted(differing)) for side in (before, after)]
    if literals_of(values[0]) == literals_of(values[1]):
        return _without_calls(values[0]) != _without_calls(values[1])
    return True


def _without_calls(text: str) -> list[str]:
    """Return the constants that a value names: what it is wrapped in says nothing."""
    return sorted(re.findall(r"\b(?:[A-Z]\w*|true|false)\b(?!\()", re.sub(r"\b\w+\.(?=\w)", "", text)))


def _expected_columns(remainder: Remainder, width: int) -> set[int] | None:
    """Return the columns that assertions expect by their name; None where the columns are not known."""
    unit = remainder.after.unit if remainder.after else None
    if unit is None or len(unit.case_names) != width:
        return None
    said = " ".join(f"{each.expected} {each.message or ''}" for each in unit.assertions)
    names = set(re.findall(r"\w+", said))
    found = {place for place, name in enumerate(unit.case_names) if name in names}
    return found or None


def _became_fixture(remainder: Remainder) -> bool:
    """Tell whether a parameter is a fixture now, which has rows of its own elsewhere."""
    before, after = remainder.before, remainder.after
    if before is None or after is None or len(after.unit.case_names) >= len(before.unit.case_names):
        return False
    gone = set(before.unit.case_names) - set(after.unit.case_names)
    asked = set(after.unit.calls)
    return bool(gone & asked) or bool(asked - set(before.unit.calls))


def _is_elsewhere(old: str, remainder: Remainder, context: Context) -> bool:
    """Tell whether a row is a test of its own now, a row of another table, or of code that is gone."""
    literals = set(literals_of(old))
    if literals and remainder.after is not None and remainder.before is not None:
        new = set(remainder.after.unit.cases) - set(remainder.before.unit.cases)
        if any(literals <= set(literals_of(row)) and len(arguments_of(row)) > len(arguments_of(old)) for row in new):
            return True
    for other in context.remainders:
        if other.after is None or other.after is remainder.after:
            continue
        unit = other.after.unit
        if old in unit.cases and (other.before is None or old not in other.before.unit.cases):
            return True
        is_new = other.before is None and literals and other.after.path == getattr(remainder.after, "path", "")
        if is_new and literals <= set(literals_of(unit.body)) | set(literals_of(" ".join(unit.cases))):
            return True
    body = literals_of(remainder.after.unit.body) if remainder.after else Counter[str]()
    if literals and literals <= set(body) and remainder.after is not None and not remainder.after.unit.cases:
        return True
    return any(name in old for name in context.removed_names)


def _width(rows: tuple[str, ...]) -> int:
    return max((len(arguments_of(row)) for row in rows), default=0)


def _first(row: str) -> str:
    return arguments_of(row)[0] if row else ""
