"""How the assertions of one matched unit changed: which became which, and what is really missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trueline.analyses.enforcement.context import Context
from trueline.analyses.enforcement.difference import Difference
from trueline.analyses.enforcement.excuses import is_excused, is_of_gone_call, is_unneeded
from trueline.analyses.enforcement.remainders import SYMMETRIC, Remainder, exact
from trueline.analyses.enforcement.similarity import Placed, alike, literals_of, overlap
from trueline.analyses.enforcement.strength import difference, rank
from trueline.model.enforcement import Assertion

_LIKE = 0.5
"""How alike two subjects must be for one assertion to have become the other."""
_NEARLY_SAME = 0.75
"""How alike two subjects with equal literals must be to be taken for one under another name."""

_NEXT_LINES = 2
_MOST = 6
"""The weight of what says most."""
_OPENING = ("[", "{", "(")
_TELLING_LENGTH = 12
"""A shorter subject is the same only if it is spelled the same."""


@dataclass(frozen=True)
class Loss:
    """One assertion that enforces less, or something else, than before."""

    difference: Difference
    old: Assertion
    new: Assertion | None


def losses(remainder: Remainder, context: Context) -> Iterator[Loss]:
    """Yield how a matched unit enforces less than it did."""
    before, after = remainder.before, remainder.after
    if before is None or after is None or not remainder.lost:
        return
    remainder = replace(remainder, lost=[each for each in remainder.lost if not _is_said_twice(each, before, after)])
    lost, gained = list(remainder.lost), list(remainder.gained)
    is_rewritten = overlap(before.words, after.words) < 0.5
    for old, new in _aligned(remainder):
        _drop(lost, old)
        _drop(gained, new)
        one, other = _turned(old, new), _turned(new, old)
        found = difference(one, other, _is_same_subject(one, other)) or _narrowed(one, other, after)
        if found is not None and not is_excused(found, old, new, remainder, context):
            yield Loss(_weighed(found, one, other, is_rewritten), old, new)
    if is_rewritten and max(map(_weight, after.unit.assertions), default=0) > 1:
        return
    for old in _really_fewer(lost, gained, before):
        if not is_unneeded(old, remainder, context):
            is_vague = old.form in {"constant", "other"} and not _is_only_cut(remainder)
            certain = not (is_rewritten or is_vague or _has_more_rows(remainder) or is_of_gone_call(old, after))
            constant = next((new for new in gained if new.form == "constant"), None)
            if constant is None:
                yield Loss(Difference("assertion_removed", is_certain=certain), old, None)
            else:
                _drop(gained, constant)
                yield Loss(Difference("assertion_weakened", f"{old.form} became nothing", certain), old, constant)


def _is_only_cut(remainder: Remainder) -> bool:
    """Tell whether a unit lost some of its body and nothing was written in its place."""
    before, after = remainder.before, remainder.after
    return before is not None and after is not None and not remainder.gained and after.words <= before.words


def _has_more_rows(remainder: Remainder) -> bool:
    """Tell whether a unit runs over rows that it had not, which may say what an assertion said."""
    before, after = remainder.before, remainder.after
    return before is not None and after is not None and not set(after.unit.cases) <= set(before.unit.cases)


def _aligned(remainder: Remainder) -> list[tuple[Assertion, Assertion]]:
    """Return which lost assertion became which gained one, the most alike first."""
    candidates = []
    for place, old in enumerate(remainder.lost):
        for other, new in enumerate(remainder.gained):
            score = _score(old, new)
            if score > 0:
                candidates.append((-score, abs(place - other), place, other))
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for _, _, place, other in sorted(candidates):
        if place not in taken[0] and other not in taken[1]:
            taken[0].add(place)
            taken[1].add(other)
            found.append((remainder.lost[place], remainder.gained[other]))
    return found


def _turned(assertion: Assertion, other: Assertion) -> Assertion:
    """Return an equality with its sides exchanged where what it expects is what the other assertion looks at."""
    is_other_way = assertion.expected == other.subject != assertion.subject
    if assertion.form not in SYMMETRIC or assertion.expected is None or not is_other_way:
        return assertion
    return replace(assertion, subject=assertion.expected, expected=assertion.subject)


def _score(old: Assertion, new: Assertion) -> float:
    old, new = _turned(old, new), _turned(new, old)
    is_same = old.subject == new.subject
    likeness = 1.0 if is_same else alike(old.subject, new.subject)
    if not is_same and old.subject in new.subject and len(old.subject) > 2:
        likeness = max(likeness, _LIKE)
    same_expected = old.expected is not None and old.expected == new.expected
    if likeness < _LIKE and not (same_expected and old.form == new.form) and not old.form == new.form == "raises":
        return 0.0
    return 2.0 * is_same + likeness + 0.8 * same_expected + 0.4 * (old.form == new.form) + 0.01


def _is_same_subject(old: Assertion, new: Assertion) -> bool:
    if old.subject == new.subject:
        return True
    # What is counted was written as a call on it, `found.size()`, which takes more letters than `len(found)`.
    length = len(old.subject.replace("len(", ".length("))
    if literals_of(old.subject) != literals_of(new.subject) or length < _TELLING_LENGTH:
        return False
    return alike(old.subject, new.subject) >= _NEARLY_SAME


def _narrowed(old: Assertion, new: Assertion, after: Placed) -> Difference | None:
    """Return what it is called when of a whole that was compared only parts are, and not all of them."""
    is_part = old.subject and new.subject.startswith((f"{old.subject}[", f"{old.subject}."))
    if not is_part or old.form != "equality" or new.form != "equality" or (old.expected or "")[:1] not in _OPENING:
        return None
    parts = [each for each in after.unit.assertions if each.subject.startswith(old.subject)]
    said = literals_of(" ".join(f"{each.subject} {each.expected}" for each in parts))
    missing = literals_of(old.expected or "").keys() - said.keys()
    return Difference("assertion_weakened", "only a part of it is compared", is_certain=False) if missing else None


def _weighed(found: Difference, old: Assertion, new: Assertion, is_rewritten: bool) -> Difference:
    is_same = old.subject == new.subject or old.subject == new.subject.partition("(")[2].removesuffix(")")
    is_certain = found.is_certain and is_same and not is_rewritten
    return Difference(found.kind, found.note, is_certain)


def _really_fewer(lost: list[Assertion], gained: list[Assertion], before: Placed) -> list[Assertion]:
    """Return what is left of the lost when each gained assertion makes up for one that says no more.

    A check of the project's own that the unit did not call before may say all that it said by itself.
    """
    left = sorted(gained, key=lambda new: _makes_up(new, before))
    missing = []
    for old in sorted(lost, key=_weight, reverse=True):
        place = next((place for place, new in enumerate(left) if _makes_up(new, before) >= _weight(old)), None)
        if place is None:
            missing.append(old)
        else:
            del left[place]
    return sorted(missing, key=lambda each: each.line)


def _weight(assertion: Assertion) -> int:
    if assertion.is_swallowed:
        return -1
    found = rank(assertion)
    return 3 if found is None else found


def _makes_up(new: Assertion, before: Placed) -> int:
    """Return how much a lost assertion may have said for a gained one to make up for it."""
    name = new.subject.partition("(")[0].rpartition(".")[2]
    is_of_own = new.form == "other" and not new.is_swallowed and name not in before.words
    return _MOST if is_of_own and name not in before.unit.calls else _weight(new)


def _is_said_twice(old: Assertion, before: Placed, after: Placed) -> bool:
    """Tell whether the next line, or the next but one, said the very same, and one of the two is still there."""
    same = [each for each in before.unit.assertions if exact(each) == exact(old)]
    is_next = any(1 <= abs(each.line - old.line) <= _NEXT_LINES for each in same)
    return is_next and any(exact(each) == exact(old) for each in after.unit.assertions)


def _drop(assertions: list[Assertion], gone: Assertion) -> None:
    for place, each in enumerate(assertions):
        if each is gone:
            del assertions[place]
            return
