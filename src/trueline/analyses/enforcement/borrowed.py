"""Conditions that tests take over from what they use: a fixture, a decorator or a function that skips.

Only what stands in a changed file is seen. A function of another file is known by its name, where no other has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from trueline.analyses.enforcement.similarity import Placed
from trueline.model.enforcement import Condition

_BORROWED = frozenset({"skip", "xfail"})


def with_borrowed(units: Sequence[Placed]) -> list[Placed]:
    """Return the units of one side, tests with the conditions of what they call, ask for or are decorated with."""
    lenders: dict[str, list[Placed]] = defaultdict(list)
    for each in units:
        if each.is_helper:
            lenders[each.own_name].append(each)
    lending = {name: found for name, found in lenders.items() if any(map(_has_conditions, found))}
    if not lending:
        return list(units)
    return [each if each.is_helper else _borrowing(each, lending) for each in units]


def _borrowing(unit: Placed, lending: dict[str, list[Placed]]) -> Placed:
    marked = {each.text.removeprefix("@") for each in unit.unit.conditions if each.kind == "marker"}
    used = lending.keys() & {*unit.unit.calls, *marked}
    taken = [condition for name in sorted(used) for condition in _taken(unit, lending[name])]
    known = {(each.kind, each.text) for each in unit.unit.conditions}
    taken = [each for each in taken if (each.kind, each.text) not in known]
    return replace(unit, unit=replace(unit.unit, conditions=(*unit.unit.conditions, *taken))) if taken else unit


def _taken(unit: Placed, lenders: list[Placed]) -> Iterator[Condition]:
    near = [each for each in lenders if each.path == unit.path]
    far = lenders if len(lenders) == 1 and "." not in lenders[0].unit.name else []
    for lender in near or far:
        yield from (each for each in lender.unit.conditions if each.kind in _BORROWED and each.case is None)


def _has_conditions(unit: Placed) -> bool:
    return any(each.kind in _BORROWED for each in unit.unit.conditions)
