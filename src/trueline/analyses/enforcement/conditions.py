"""Which tests no longer count as they did: skipped, expected to fail, kept from being collected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trueline.analyses.enforcement.remainders import Remainder
from trueline.model.enforcement import ChangeKind, Condition, TestUnit

_EXAMPLES = re.compile(r"\bmax_examples=(\d+)")
_LIMITS = re.compile(r"\b(?:min_value|max_value|max_size|exclude_\w+|blacklist_\w+)=|\.filter\(")
_KINDS: dict[str, ChangeKind] = {
    "skip": "test_skipped",
    "only": "test_skipped",
    "uncollected": "test_deleted",
    "xfail": "test_xfail",
}


@dataclass(frozen=True)
class ConditionLoss:
    """One new reason for which a test does not count."""

    kind: ChangeKind
    old: Condition | None
    new: Condition
    is_certain: bool = True


def condition_losses(remainder: Remainder) -> Iterator[ConditionLoss]:
    """Yield the conditions that a matched unit, or a case that it had, did not have before."""
    if remainder.before is None or remainder.after is None:
        return
    before, after = remainder.before.unit, remainder.after.unit
    if does_not_count(before):
        return
    known = {(each.kind, each.text, each.case) for each in before.conditions}
    yield from _fewer_examples(before, after)
    reported: set[tuple[ChangeKind, str | None]] = set()
    for new in after.conditions:
        kind = _KINDS.get(new.kind)
        if new.kind == "uncollected" and remainder.after.is_helper:
            continue
        if kind is None or (new.kind, new.text, new.case) in known or (kind, new.case) in reported:
            continue
        old = next((each for each in before.conditions if each.kind == new.kind and each.case == new.case), None)
        if _is_loss(old, new, before, after):
            reported.add((kind, new.case))
            # Where a test is skipped on some system only, it is skipped there for certain.
            yield ConditionLoss(kind, old, new, is_certain=new.is_always or new.kind in {"skip", "xfail"})


def _fewer_examples(before: TestUnit, after: TestUnit) -> Iterator[ConditionLoss]:
    """Yield what makes a property hold for fewer examples: fewer of them, or some left out."""
    marks = [[each for each in unit.conditions if each.kind == "marker"] for unit in (before, after)]
    for old in marks[0]:
        new = next((each for each in marks[1] if _name(each.text) == _name(old.text)), None)
        if new is None or new.text == old.text:
            continue
        counts = [_EXAMPLES.search(each.text) for each in (old, new)]
        is_fewer = counts[0] and counts[1] and int(counts[1][1]) < int(counts[0][1])
        limits = [len(_LIMITS.findall(each.text)) for each in (old, new)]
        if is_fewer or (_name(old.text) == "@given" and limits[1] > limits[0]):
            yield ConditionLoss("case_removed", old, new, is_certain=False)


def _name(mark: str) -> str:
    return mark.partition("(")[0]


def does_not_count(unit: TestUnit) -> bool:
    """Return True where a unit as a whole never decides anything."""
    return any(
        each.is_always and each.case is None and each.kind in {"skip", "uncollected"} for each in unit.conditions
    )


def _is_loss(old: Condition | None, new: Condition, before: TestUnit, after: TestUnit) -> bool:
    if new.case is not None:
        whole = [each for each in before.conditions if each.case is None and each.kind == new.kind]
        return new.case in before.cases and not whole
    if old is None:
        return True
    if new.kind == "xfail" and _strictness(old) > _strictness(new):
        return True
    same = [sum(each.kind == new.kind and each.case is None for each in unit.conditions) for unit in (before, after)]
    return (new.is_always and not old.is_always) or same[1] > same[0]


def _strictness(condition: Condition) -> int:
    return 2 * ("strict=True" in condition.text) - ("strict=False" in condition.text) + ("raises=" in condition.text)
