"""Which tests are gone: without a counterpart, no longer collected, and not taken over by another test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trueline.analyses.enforcement.conditions import does_not_count
from trueline.analyses.enforcement.context import Context
from trueline.analyses.enforcement.matching import is_like_a_helper, looks_like_tests
from trueline.analyses.enforcement.remainders import Remainder
from trueline.analyses.enforcement.similarity import Placed, literals_of, names_alike, overlap, units_alike
from trueline.model.enforcement import Assertion, ChangeKind

_REPLACED = 0.4
"""How alike a new test must be to one that is gone to stand in for it."""

_RENAMED = 0.7
"""How alike the names must be for the new test to be the gone one."""
_LONG_TEST = 3
_PART = 0.7
_WHOLE = 0.8
"""How many assertions a test must have to be split, how much of a part must be its, how much of it the parts cover."""
_TELLING_NAME = 16
"""A test of so long a name that is written anew in another file is the same test."""
_TELLING_TEXT = 12
_ELSEWHERE = 0.5
"""How long a text must be to tell what a test gives, and how many words a test of another file must share besides."""


@dataclass(frozen=True)
class UnitLoss:
    """A test that is gone, or that one under another name turned around."""

    before: Placed
    after: Placed | None
    note: str
    is_certain: bool
    kind: ChangeKind = "test_deleted"


def unit_losses(remainders: Sequence[Remainder], context: Context) -> Iterator[UnitLoss]:
    """Yield the tests that are gone with what they asserted."""
    new = [each.after for each in remainders if each.before is None and each.after is not None]
    tests = [each for each in new if not each.is_helper]
    helpers = [each for each in new if each.is_helper]
    called = {name for each in context.after if not each.is_helper for name in each.unit.calls}
    bodies = {each.unit.body for each in context.after if not each.is_helper}
    for remainder in remainders:
        gone = remainder.before
        if gone is None or remainder.after is not None or gone.is_helper or does_not_count(gone.unit):
            continue
        if (helper := is_like_a_helper(gone, helpers)) is not None:
            if helper.own_name not in called:
                yield UnitLoss(gone, helper, "no runner collects it under its new name", is_certain=True)
            continue
        if _only_extends(gone) or _is_split(gone, tests):
            continue
        if gone.unit.body in bodies or remainder.has_moved_away or _is_empty(gone) or context.absorbs(gone):
            continue
        if context.is_of_removed(gone.unit, gone.path):
            continue
        if (other := _stand_in(gone, tests)) is not None:
            tests.remove(other)
            if _is_turned_around(gone, other):
                yield UnitLoss(gone, other, "it raised, now it returns", is_certain=False, kind="expected_changed")
            continue
        yield UnitLoss(gone, None, "", is_certain=not _is_doubtful(gone, context))


def _stand_in(gone: Placed, tests: Sequence[Placed]) -> Placed | None:
    """Return the new test that does what the gone one did, written anew: alike, or of nearly the same name."""
    scores = [(_likeness(gone, each), place) for place, each in enumerate(tests)]
    best = max(scores, default=(0.0, 0))
    return tests[best[1]] if best[0] >= _REPLACED else None


def _is_turned_around(gone: Placed, other: Placed) -> bool:
    """Tell whether a test of nearly the same name no longer expects that anything fails."""
    fails = [any(map(_is_of_failure, each.unit.assertions)) for each in (gone, other)]
    is_renamed = gone.path == other.path and names_alike(gone.own_name, other.own_name) >= _RENAMED
    return is_renamed and fails == [True, False] and bool(other.unit.assertions)


def _is_of_failure(assertion: Assertion) -> bool:
    return assertion.form == "raises" or (assertion.form == "snapshot" and " raises" in assertion.subject)


def _only_extends(gone: Placed) -> bool:
    """Tell whether a test called the one that it overrides, which runs by itself now."""
    return f"super ( ) . {gone.own_name} (" in gone.unit.body or f", self ) . {gone.own_name} (" in gone.unit.body


def _is_split(gone: Placed, tests: Sequence[Placed]) -> bool:
    """Tell whether several new tests together do what a long one did."""
    if len(gone.unit.assertions) < _LONG_TEST:
        return False
    parts = [each for each in tests if each.unit.assertions and _share(gone, each) >= _PART]
    words = set(gone.words)
    return len(parts) > 1 and len(words & {word for each in parts for word in each.words}) >= _WHOLE * len(words)


def _share(gone: Placed, part: Placed) -> float:
    """Return how much of a part stood in the whole."""
    return (gone.words & part.words).total() / max(1, part.words.total())


def _is_doubtful(gone: Placed, context: Context) -> bool:
    is_found = looks_like_tests(gone.path)
    return (
        not is_found
        or _counts_at_times(gone)
        or context.is_of_vanished_option(gone.unit)
        or context.is_rebuilt(gone.path)
    )


def _counts_at_times(gone: Placed) -> bool:
    """Tell whether a test ran on some systems only, or was expected to fail."""
    return any(each.kind in {"skip", "xfail"} for each in gone.unit.conditions)


def _likeness(gone: Placed, other: Placed) -> float:
    if other.path == gone.path:
        return units_alike(gone, other)
    if gone.own_name == other.own_name and len(gone.own_name) >= _TELLING_NAME:
        return float(bool(other.unit.assertions))
    told = _telling_literals(gone)
    shared = overlap(gone.words, other.words)
    return shared if told and shared >= _ELSEWHERE and told <= _telling_literals(other) else 0.0


def _telling_literals(unit: Placed) -> set[str]:
    """Return the long texts that a test gives; where it has none, its numbers, if they are several."""
    literals = set(literals_of(unit.unit.body))
    texts = {each for each in literals if len(each) >= _TELLING_TEXT}
    numbers = {each for each in literals if len(each) > 1 and each[0].isdigit()}
    return texts or (numbers if len(numbers) > 1 else set())


def _is_empty(gone: Placed) -> bool:
    return not gone.unit.assertions and gone.unit.body in {"", "pass", "...", ". . ."}
