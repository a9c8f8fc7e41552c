"""Compare the ledgers of a whole change: what is enforced less, what more.

What is enforced more is what the reverse of the change would enforce less; a changed expectation is
neither, and stands with the weaker ones because someone has to look at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from trueline.analyses.enforcement.assertions import losses
from trueline.analyses.enforcement.borrowed import with_borrowed
from trueline.analyses.enforcement.cases import case_losses
from trueline.analyses.enforcement.conditions import condition_losses, does_not_count
from trueline.analyses.enforcement.context import Context, paths_of_removed, removed_names, vanished_words
from trueline.analyses.enforcement.matching import is_no_longer_found, match, placed
from trueline.analyses.enforcement.measures import lost_measures
from trueline.analyses.enforcement.remainders import Remainder, remainders
from trueline.analyses.enforcement.similarity import Placed
from trueline.analyses.enforcement.units import unit_losses
from trueline.model.enforcement import Assertion, ChangeKind, Compared, EnforcementChange, Ledger
from trueline.sources.enforcement.dependencies import DEPENDENCIES

_NEITHER: frozenset[ChangeKind] = frozenset({"expected_changed", "golden_changed"})
"""Kinds that are as much of a change in one direction as in the other."""

_MAY_FOLLOW: frozenset[ChangeKind] = _NEITHER | {"assertion_removed"}
"""Kinds that follow what code was meant to do otherwise as often as they hide what it does."""

_SHOWN_LENGTH = 400


def compare_ledgers(before: Sequence[Ledger], after: Sequence[Ledger]) -> Compared:
    """Return how enforcement changed between the ledgers of all changed files of two trees.

    Files that are equal on both sides may be given or left out. In `stronger`, a kind names what the
    reverse of the change would be: a new test is a `test_deleted` that was not.
    """
    weaker = _lost(before, after)
    stronger = [_reversed(each) for each in _lost(after, before) if each.kind not in _NEITHER]
    return Compared(tuple(weaker), tuple(stronger), _unreadable(before, after))


def _lost(before: Sequence[Ledger], after: Sequence[Ledger]) -> list[EnforcementChange]:
    known = {ledger.path: ledger for ledger in after}
    changed = {ledger.path for ledger in before if known.get(ledger.path) != ledger}
    changed |= {ledger.path for ledger in after} - {ledger.path for ledger in before}
    olds = [ledger for ledger in before if ledger.path in changed]
    news = [ledger for ledger in after if ledger.path in changed]
    # Code, or versions of tools, that change as well may be what the rest follows.
    is_alone = not any(ledger.defines for ledger in (*olds, *news)) and _versions(olds) == _versions(news)
    found = list(_lost_tests(olds, news)) + lost_measures(olds, news, is_alone=is_alone)
    if not is_alone:
        found = [_doubted(each) for each in found]
    return sorted(_gathered(found), key=lambda each: (each.path, each.old_line or each.new_line or 0, each.kind))


def _lost_tests(before: Sequence[Ledger], after: Sequence[Ledger]) -> Iterator[EnforcementChange]:
    olds, news = with_borrowed(placed(before)), with_borrowed(placed(after))
    found = remainders(match(olds, news))
    removed = removed_names(before, after)
    kept = frozenset(ledger.path for ledger in after)
    classes = {each.class_name for each in olds} - {each.class_name for each in news}
    context = Context(
        news, found, removed, paths_of_removed(before, after, removed), vanished_words(before, after), kept, classes
    )
    broken = {ledger.path for ledger in after if ledger.problem}
    known = {ledger.path for ledger in before}
    for remainder in found:
        if remainder.before is not None and remainder.after is not None:
            yield from _of_pair(remainder.before, remainder.after, remainder, context)
        elif remainder.after is not None and (olds or remainder.after.path in known):
            yield from _of_new_hook(remainder.after)
    for loss in unit_losses(found, context):
        if loss.before.path in broken:
            continue
        new = _head(loss.after) if loss.after is not None and loss.kind != "test_deleted" else None
        made = _change(loss.kind, loss.before, loss.after, _head(loss.before), new, loss.note, loss.is_certain)
        yield replace(made, old_line=loss.before.unit.line)


def _of_new_hook(hook: Placed) -> Iterator[EnforcementChange]:
    """Yield what a new hook of the runner does to tests that are not in the change."""
    for condition in hook.unit.conditions if hook.own_name.startswith("pytest_") else ():
        kind: ChangeKind | None = {"skip": "test_skipped", "xfail": "test_xfail"}.get(condition.kind)  # type: ignore[assignment]
        if kind is not None:
            made = _change(kind, hook, hook, None, condition.text, "by a hook of the runner", is_certain=False)
            yield replace(made, new_line=condition.line)


def _of_pair(before: Placed, after: Placed, remainder: Remainder, context: Context) -> Iterator[EnforcementChange]:
    for condition in condition_losses(remainder):
        old = condition.old.text if condition.old else None
        made = _change(condition.kind, before, after, old, condition.new.text, "", condition.is_certain)
        yield replace(made, old_line=condition.old.line if condition.old else None, new_line=condition.new.line)
    if does_not_count(before.unit):
        return
    if is_no_longer_found(before, after, context.kept_paths):
        made = _change("test_deleted", before, after, _head(before), None, "no runner collects its new file", False)
        yield replace(made, old_line=before.unit.line, new_line=after.unit.line)
    for loss in losses(remainder, context):
        what, new = loss.difference, loss.new
        texts = _shown(loss.old, new)
        made = _change(what.kind, before, after, *texts, what.note, what.is_certain)
        yield replace(made, old_line=loss.old.line, new_line=new.line if new else after.unit.line)
    for case in case_losses(remainder, context):
        made = _change(case.kind, before, after, case.old, case.new, "", case.is_certain)
        yield replace(made, old_line=before.unit.line, new_line=after.unit.line)
    for target in after.unit.mocks:
        if target not in before.unit.mocks and _is_subject(target, before, after):
            made = _change("sut_mocked", before, after, None, target, "what it asserts on is replaced", True)
            yield replace(made, old_line=before.unit.line, new_line=after.unit.line)


def _shown(old: Assertion, new: Assertion | None) -> tuple[str, str | None]:
    """Return both as written; where they are written alike, with what their names stand for."""
    if new is None or old.text != new.text or old.expected == new.expected:
        return old.text, new.text if new else None
    return f"{old.text}  # {old.expected}"[:_SHOWN_LENGTH], f"{new.text}  # {new.expected}"[:_SHOWN_LENGTH]


def _is_subject(target: str, before: Placed, after: Placed) -> bool:
    """Tell whether a mock replaces what the unit looks at, before and now."""
    name = re.split(r"[.\"']", target.rstrip("\"'"))[-1]
    called = re.compile(rf"(?:^|[\s.(,]){re.escape(name)}\(")
    if len(name) < 2 or any(name in re.split(r"[.\"']", other) for other in before.unit.mocks):
        return False
    return all(any(called.search(each.subject) for each in side.unit.assertions) for side in (before, after))


def _change(
    kind: ChangeKind,
    before: Placed,
    after: Placed | None,
    old: str | None,
    new: str | None,
    note: str,
    is_certain: bool,
) -> EnforcementChange:
    place = after or before
    return EnforcementChange(
        kind=kind,
        is_weaker=True,
        path=place.path,
        unit=before.unit.name if after is None else after.unit.name,
        old=old,
        new=new,
        old_path=before.path if after is not None and after.path != before.path else None,
        requirement_ids=_requirements(before, after),
        confidence="certain" if is_certain else "likely",
        note=note,
    )


def _requirements(before: Placed, after: Placed | None) -> tuple[str, ...]:
    ids = (*before.unit.requirement_ids, *(after.unit.requirement_ids if after else ()))
    return tuple(dict.fromkeys(ids))


def _head(gone: Placed) -> str:
    count = len(gone.unit.assertions)
    return f"{gone.unit.name} with {count} assertion{'' if count == 1 else 's'}"


def _gathered(found: Iterable[EnforcementChange]) -> Iterator[EnforcementChange]:
    """Yield changes, those that one line makes to many tests as one."""
    shared: dict[tuple[object, ...], list[EnforcementChange]] = {}
    for each in found:
        is_condition = each.kind in {"test_skipped", "test_xfail"} and each.new_line is not None
        key = (each.kind, each.path, each.new_line, each.new) if is_condition else (id(each),)
        shared.setdefault(key, []).append(each)
    for first, *others in shared.values():
        yield replace(first, note=f"and {len(others)} more tests of this file") if others else first


def _versions(ledgers: Iterable[Ledger]) -> set[tuple[str, str]]:
    """Return what stands for the versions of dependencies and tools."""
    return {(ledger.path, m.value) for ledger in ledgers for m in ledger.measures if m.scope == DEPENDENCIES}


def _doubted(change: EnforcementChange) -> EnforcementChange:
    """Return a change of what is asserted as likely: with code or versions it may follow what was meant to change."""
    return replace(change, confidence="likely") if change.kind in _MAY_FOLLOW else change


def _reversed(change: EnforcementChange) -> EnforcementChange:
    return replace(
        change,
        is_weaker=False,
        path=change.old_path or change.path,
        old=change.new,
        new=change.old,
        old_line=change.new_line,
        new_line=change.old_line,
        old_path=change.path if change.old_path else None,
    )


def _unreadable(before: Sequence[Ledger], after: Sequence[Ledger]) -> tuple[str, ...]:
    problems = (f"{ledger.path}: {ledger.problem}" for ledger in (*before, *after) if ledger.problem)
    return tuple(dict.fromkeys(problems))
