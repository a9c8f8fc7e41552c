"""What is left of each test unit's assertions once everything that merely moved has cancelled out.

Assertions cancel as multisets: first inside a matched unit, then over the whole change, so that splitting,
merging and moving a test leave nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from trueline.analyses.enforcement.matching import Matched
from trueline.analyses.enforcement.similarity import Placed
from trueline.model.enforcement import Assertion

_TELLING_LENGTH = 12
"""A shorter subject without a call says too little to be known again in another test."""

SYMMETRIC = frozenset({"equality", "inequality", "identity", "approximate"})
"""Forms whose sides are interchangeable."""


@dataclass
class Remainder:
    """One unit before and after, with the assertions that only one side has."""

    before: Placed | None
    after: Placed | None
    lost: list[Assertion] = field(default_factory=list)
    gained: list[Assertion] = field(default_factory=list)

    @property
    def has_moved_away(self) -> bool:
        """True where most of what a unit asserted is asserted elsewhere."""
        total = len(self.before.unit.assertions) if self.before else 0
        return total > 0 and len(self.lost) <= total / 2


def exact(assertion: Assertion) -> Hashable:
    """Return all that an assertion enforces; the sides of an equality are interchangeable."""
    sides: tuple[str, ...] = (assertion.subject, assertion.expected or "")
    if assertion.form in SYMMETRIC:
        sides = tuple(sorted(sides))
    return (
        assertion.form,
        sides,
        assertion.is_negated,
        assertion.message,
        assertion.tolerance,
        assertion.guards,
        assertion.is_swallowed,
        assertion.options,
    )


def remainders(matched: Matched) -> list[Remainder]:
    """Return what each unit lost and gained after everything that moved is taken away."""
    found = [
        Remainder(one, other, *_without_equals(one.unit.assertions, other.unit.assertions))
        for one, other in matched.pairs
    ]
    found += [Remainder(gone, None, list(gone.unit.assertions), []) for gone in matched.gone]
    found += [Remainder(None, new, [], list(new.unit.assertions)) for new in matched.new]
    _cancel_moved(found)
    return found


def _without_equals(before: Iterable[Assertion], after: Iterable[Assertion]) -> tuple[list[Assertion], list[Assertion]]:
    left: dict[Hashable, list[Assertion]] = defaultdict(list)
    for assertion in after:
        left[exact(assertion)].append(assertion)
    lost = []
    for assertion in before:
        if same := left.get(exact(assertion)):
            same.pop(0)
        else:
            lost.append(assertion)
    kept = {id(assertion) for same in left.values() for assertion in same}
    return lost, [assertion for assertion in after if id(assertion) in kept]


def _cancel_moved(found: list[Remainder]) -> None:
    gained: dict[Hashable, list[tuple[Remainder, Assertion]]] = defaultdict(list)
    for remainder in found:
        for assertion in remainder.gained:
            gained[exact(assertion)].append((remainder, assertion))
    for remainder in found:
        for assertion in list(remainder.lost):
            elsewhere = gained.get(exact(assertion))
            if elsewhere and _is_telling(assertion):
                other, same = elsewhere.pop(0)
                _drop(other.gained, same)
                _drop(remainder.lost, assertion)


def _drop(assertions: list[Assertion], gone: Assertion) -> None:
    for place, each in enumerate(assertions):
        if each is gone:
            del assertions[place]
            return


def _is_telling(assertion: Assertion) -> bool:
    return "(" in assertion.subject or len(assertion.subject) + len(assertion.expected or "") >= _TELLING_LENGTH
