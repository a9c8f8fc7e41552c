"""What became of floors, settings, suppressions and steps of CI: compared by kind, key and scope over a whole change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from trueline.analyses.enforcement.settled import WHOLE_FILE, settled
from trueline.model.enforcement import EnforcementChange, Ledger, Measure

_Key = tuple[str, str, str]
_SUPPRESSED = ("lint_suppressed", "warning_suppressed")
_HOOKS = ".pre-commit-config"
_OF_PLACE = re.compile(r"^(?:omit|skip|exclude|ignore) \S*[/.*]|/$| in \S|path=")
"""Suppressions for some files only: there may be nothing in them."""
_NARROWED = ("not for ", "a path filter", "-m ")


@dataclass(frozen=True)
class _Found:
    path: str
    measure: Measure


def lost_measures(
    before: Iterable[Ledger], after: Iterable[Ledger], *, is_alone: bool = False
) -> list[EnforcementChange]:
    """Return the measures that became less strict; one that only moved is none.

    A change `is_alone` when it touches neither code nor versions that could explain it.
    """
    after = list(after)
    olds, news = map(_by_key, settled(list(before), after))
    found: list[EnforcementChange] = []
    for key in sorted(olds.keys() | news.keys()):
        gone, come = _without_equals(olds.get(key, []), news.get(key, []))
        for place in range(max(len(gone), len(come))):
            old = gone[place] if place < len(gone) else None
            new = come[place] if place < len(come) else None
            if _is_less(old, new):
                found.append(_change(old, new, is_certain=_is_certain(old, new, after, is_alone)))
    return found


def _by_key(ledgers: Iterable[Ledger]) -> dict[_Key, list[_Found]]:
    found: dict[_Key, list[_Found]] = defaultdict(list)
    for ledger in sorted(ledgers, key=lambda each: each.path):
        for measure in ledger.measures:
            found[measure.kind, measure.key, measure.scope].append(_Found(ledger.path, measure))
    return found


def _without_equals(olds: list[_Found], news: list[_Found]) -> tuple[list[_Found], list[_Found]]:
    """Return what is left when equal values are taken away on both sides, those of one path first."""
    gone, come = list(olds), list(news)
    for is_same_path in (True, False):
        for old in list(gone):
            same = (
                new
                for new in come
                if new.measure.value == old.measure.value and (new.path == old.path or not is_same_path)
            )
            if (new := next(same, None)) is not None:
                gone.remove(old)
                come.remove(new)
    return gone, sorted(come, key=lambda each: [old.path for old in gone].count(each.path) == 0)


def _is_less(old: _Found | None, new: _Found | None) -> bool:
    """Tell whether the step from one to the other enforces less."""
    stricter = (new or old).measure.stricter if (new or old) else "equal"  # type: ignore[union-attr]
    if old is None or new is None:
        return stricter == "absent" if old is None else stricter in {"present", "more", "less", "equal"}
    if stricter in {"more", "less"}:
        was, now = _number(old.measure.value), _number(new.measure.value)
        if was is None or now is None:
            return old.measure.value != new.measure.value and now is None
        return now < was if stricter == "more" else now > was
    return stricter == "equal"


def _number(value: str) -> float | None:
    try:
        return float(value.strip().rstrip("%"))
    except ValueError:
        return None


def _is_certain(old: _Found | None, new: _Found | None, after: Iterable[Ledger], is_alone: bool) -> bool:
    """Tell whether nothing else explains what is less strict.

    What a tool said of old code before, it was not silenced for: a new suppression answers a new version of the
    tool as often as anything else, unless a whole file is silenced, or the change touches neither code nor versions. What a whole file of CI ran may run in one that did not change, and another check
    of its purpose may do for both. Hooks only advise; a path that is left out may hold nothing that is checked.
    """
    found = new or old
    assert found is not None
    measure = found.measure
    is_new = is_alone and old is None and not _OF_PLACE.search(measure.key)
    if measure.kind in _SUPPRESSED:
        return is_new or bool(WHOLE_FILE.search(measure.text))
    if measure.kind == "coverage_lowered" and measure.stricter == "absent":
        return is_new
    if measure.kind != "ci_disabled":
        return True
    if _HOOKS in found.path or (measure.stricter == "absent" and measure.key.startswith(_NARROWED)):
        return False
    if old is None or new is not None:
        return True
    kept = [each for ledger in after if ledger.path == old.path for each in ledger.measures]
    is_check = not measure.scope and " " in measure.value
    return bool(kept) and not (is_check and any(_purpose(each) == _purpose(measure) for each in kept))


def _purpose(check: Measure) -> str:
    return check.value.rpartition(" ")[0] if check.stricter == "present" and not check.scope else ""


def _change(old: _Found | None, new: _Found | None, *, is_certain: bool) -> EnforcementChange:
    found = new or old
    assert found is not None
    return EnforcementChange(
        kind=found.measure.kind,
        is_weaker=True,
        path=found.path,
        unit=found.measure.key,
        old=_text(old),
        new=_text(new),
        old_line=old.measure.line if old else None,
        new_line=new.measure.line if new else None,
        old_path=old.path if old and new and old.path != new.path else None,
        confidence="certain" if is_certain else "likely",
    )


def _text(found: _Found | None) -> str | None:
    if found is None:
        return None
    return found.measure.text or f"{found.measure.key} = {found.measure.value}"
