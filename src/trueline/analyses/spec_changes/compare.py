"""Compare two contents of a document, section by section: did its meaning change, or its wording?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

SectionKind = Literal["added", "removed", "normative", "text"]
MOST_SHOWN = 20
MOST_OF_THEM = 0.6
"""Demands that two sections share, for one to be the other under another heading."""
MOST_OF_A_MOVE = 0.8
FEWEST_MOVED = 6
"""Demands that make a move where the other section lost or gained much more."""
MOST_PLACES = 20
"""A demand that more sections gained tells nothing of where one went."""
MOST_TARGETS = 3
MOST_PAIRS = 2_500
"""Of sections gone and new that are held against each other; a document rewritten whole has no pairs."""


@dataclass(frozen=True)
class Section:
    """One section of one content."""

    anchor: str
    heading: str
    line: int
    text_digest: str
    demands: tuple[str, ...]


@dataclass(frozen=True)
class SectionChange:
    """How one section changed."""

    section: Section
    kind: SectionKind
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()

    @property
    def is_normative(self) -> bool:
        return bool(self.lost or self.gained)


def compare_sections(before: Sequence[Section], after: Sequence[Section]) -> list[SectionChange]:
    """Return the sections whose text changed; one that only moved or got another heading is none.

    A demand that left one section and came to another of the same document is neither lost nor gained.
    """
    old, new = {one.anchor: one for one in before}, {one.anchor: one for one in after}
    _pair_renamed(old, new)
    changes = [*_changes(old, new)]
    return without_moves(changes)


def without_moves(changes: Sequence[SectionChange]) -> list[SectionChange]:
    """Return the changes without the demands that one section lost and another gained as a whole.

    A word that happens to leave here and to come there is no move: most of what one of the two lost or gained must be.
    """
    lost, gained = ([Counter(getattr(one, side)) for one in changes] for side in ("lost", "gained"))
    places: dict[str, list[int]] = defaultdict(list)
    for place, counter in enumerate(gained):
        for demand in counter:
            places[demand].append(place)
    for place, counter in enumerate(lost):
        near = Counter(other for demand in counter for other in places[demand] if len(places[demand]) <= MOST_PLACES)
        for other, _ in near.most_common(MOST_TARGETS):
            shared = lost[place] & gained[other]
            if other != place and _is_move(shared.total(), lost[place].total(), gained[other].total()):
                lost[place] -= shared
                gained[other] -= shared
    return [_with(*one) for one in zip(changes, lost, gained, strict=True)]


def _is_move(shared: int, lost: int, gained: int) -> bool:
    of_smaller, of_larger = shared / max(min(lost, gained), 1), shared / max(lost, gained, 1)
    return of_larger >= MOST_OF_A_MOVE or (of_smaller >= MOST_OF_A_MOVE and shared >= FEWEST_MOVED)


def _with(change: SectionChange, lost: Counter[str], gained: Counter[str]) -> SectionChange:
    """Return a change with what is left of it; then it may be one of text alone."""
    if (lost.total(), gained.total()) == (len(change.lost), len(change.gained)):
        return change
    left = tuple(_kept(change.lost, lost)), tuple(_kept(change.gained, gained))
    return SectionChange(change.section, change.kind if any(left) else "text", *left)


def _pair_renamed(old: dict[str, Section], new: Mapping[str, Section]) -> None:
    """Give sections that are gone the anchor of one that is new and has the same text, or most of the same demands."""
    fresh = {one.text_digest: anchor for anchor, one in new.items() if anchor not in old}
    for anchor in [anchor for anchor in old if anchor not in new]:
        if other := fresh.pop(old[anchor].text_digest, None):
            old[other] = old.pop(anchor)
    gone = [anchor for anchor in old if anchor not in new]
    unmatched = {anchor: Counter(one.demands) for anchor, one in new.items() if anchor not in old and one.demands}
    for anchor in gone if unmatched and len(gone) * len(unmatched) <= MOST_PAIRS else ():
        demands = Counter(old[anchor].demands)
        shared = {
            other: (theirs & demands).total() / max((theirs | demands).total(), 1)
            for other, theirs in unmatched.items()
        }
        best = max(shared, key=lambda other: shared[other], default=None)
        if best is not None and shared[best] >= MOST_OF_THEM:
            old[best] = old.pop(anchor)
            del unmatched[best]


def _changes(old: Mapping[str, Section], new: Mapping[str, Section]) -> Iterator[SectionChange]:
    for anchor, one in old.items():
        if anchor not in new and one.demands:
            yield SectionChange(one, "removed", one.demands, ())
    for anchor, one in new.items():
        was = old.get(anchor)
        if was is None:
            if one.demands:
                yield SectionChange(one, "added", (), one.demands)
        elif was.text_digest != one.text_digest:
            lost, gained = differing(was.demands, one.demands)
            yield SectionChange(one, "normative" if lost or gained else "text", lost, gained)


def differing(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the demands that left and those that came; a mended typing mistake is neither, nor is code laid out anew."""
    lost, gained = _minus(before, Counter(after)), _minus(after, Counter(before))
    if _code(lost) == _code(gained):
        lost, gained = ([one for one in demands if not one.startswith(_CODE)] for demands in (lost, gained))
    for word in list(lost):
        mended = next((other for other in gained if is_mended(word, other)), None)
        if mended is not None:
            lost.remove(word)
            gained.remove(mended)
    return tuple(lost), tuple(gained)


def is_mended(one: str, other: str) -> bool:
    """Return True for two demands, words or short phrases, that typing mistakes alone tell apart; code has none."""
    words, others = one.split(), other.split()
    if len(words) != len(others) or one.startswith(_CODE):
        return False
    differing = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    if len(words) > 1 and any(a.rstrip("s") == b.rstrip("s") for a, b in differing):
        return False  # in a cell or an item it may be a name
    return all(is_typing_mistake(a, b) for a, b in differing)


def is_typing_mistake(one: str, other: str) -> bool:
    """Return True for two words of five letters or more that one slip tells apart, or only their plural does.

    Restricted to letters: `30 s` and `60 s` differ by one character and by everything that counts.
    """
    if min(len(one), len(other)) < 5 or not (one.isalpha() and other.isalpha()) or abs(len(one) - len(other)) > 1:
        return False
    if one.startswith(_NEGATIONS) != other.startswith(_NEGATIONS):
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    swapped = a[:2] == b[:2][::-1] and a[2:] == b[2:]
    return start > 0 and (a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped)


def _code(demands: Iterable[str]) -> str:
    """Return the code among demands as it reads without its lines and blanks."""
    return "".join("".join(one[len(_CODE) :].split()) for one in demands if one.startswith(_CODE))


_CODE = "code "
_NEGATIONS = ("un", "in", "im", "non", "dis")


def _kept(demands: Iterable[str], wanted: Counter[str]) -> list[str]:
    left = wanted.copy()
    kept = []
    for demand in demands:
        if left[demand] > 0:
            left[demand] -= 1
            kept.append(demand)
    return kept


def _minus(demands: Iterable[str], others: Counter[str]) -> list[str]:
    left = others.copy()
    kept = []
    for demand in demands:
        if left[demand]:
            left[demand] -= 1
        else:
            kept.append(demand)
    return kept
