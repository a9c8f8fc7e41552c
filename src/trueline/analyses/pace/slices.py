"""Decide which slices of a group of people may be shown without showing fewer than five of them.

Each change is in exactly one slice, so whoever subtracts shown slices from the whole gets a union of the others: the
rule holds for every such difference, not only for each slice by itself. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final

K: Final = 5
"""Persons: fewer are never a row, nor what is left when rows are taken from the whole."""


def shown_slices(people_of: Mapping[str | None, Set[str]]) -> frozenset[str] | None:
    """Return the slices that may be shown beside the whole; None where not even the whole may be.

    `people_of` gives the persons of each slice; those of None belong to no slice that has a name.
    """
    everyone: frozenset[str] = frozenset().union(*people_of.values())
    if len(everyone) < K:
        return None
    shown = {
        name
        for name, people in people_of.items()
        if name is not None and len(people) >= K and not 0 < len(everyone - people) < K
    }
    while shown and 0 < len(_left(people_of, shown)) < K:
        # The smallest goes with those who are left: together they are enough, and least is lost.
        shown.remove(min(shown, key=lambda name: (len(people_of[name]), name)))
    return frozenset(shown)


def _left(people_of: Mapping[str | None, Set[str]], shown: Set[str]) -> frozenset[str]:
    """Return the persons of all that is not shown."""
    return frozenset().union(*(people for name, people in people_of.items() if name not in shown))
