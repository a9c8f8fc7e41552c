"""Which test unit before is which after, over a whole change: by place, by name elsewhere, by likeness.

Every unit is matched at most once; what is left has no counterpart. The result does not depend on
the order in which files are given.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from trueline.analyses.enforcement.similarity import Placed, overlap, units_alike
from trueline.model.enforcement import Ledger

SAME_FILE = 0.55
OTHER_FILE = 0.7
SAME_NAME = 0.3
"""How alike two units must be to be taken for one: in one file, in two, and with one name in two."""

_RARE_WORDS = 12
_CANDIDATES = 40
_FOUND = re.compile(r"(?:(?:^|/)test_[^/]*|_test|(?:^|/)tests?)\.py$|\.(?!py$)\w+$")
"""How many words lead from a unit to its candidates, and how many units may share such a word."""


@dataclass(frozen=True)
class Matched:
    """The units of two trees, matched."""

    pairs: tuple[tuple[Placed, Placed], ...]
    gone: tuple[Placed, ...]
    new: tuple[Placed, ...]


def placed(ledgers: Iterable[Ledger]) -> list[Placed]:
    """Return the units and helpers of ledgers in their files, in a stable order."""
    found = []
    for ledger in sorted(ledgers, key=lambda each: each.path):
        seen: Counter[str] = Counter()
        for units, is_helper in ((ledger.units, False), (ledger.helpers, True)):
            for unit in units:
                found.append(Placed(ledger.path, unit, is_helper, seen[unit.name]))
                seen[unit.name] += 1
    return found


def match(before: Sequence[Placed], after: Sequence[Placed]) -> Matched:
    """Return which unit is which."""
    matching = _Matching(list(before), list(after))
    matching.by_key(lambda each: (each.path, each.unit.name, each.occurrence, each.is_helper))
    matching.by_key(lambda each: (each.path, each.unit.name, each.is_helper))
    matching.by_key(lambda each: (each.unit.name, each.is_helper), SAME_NAME)
    matching.by_key(lambda each: (each.unit.body, each.is_helper) if len(each.unit.body) > 20 else None)
    matching.by_key(lambda each: (each.own_name, each.is_helper), SAME_NAME)
    matching.by_likeness()
    return Matched(tuple(matching.pairs), tuple(matching.before), tuple(matching.after))


class _Matching:
    def __init__(self, before: list[Placed], after: list[Placed]) -> None:
        self.before = before
        self.after = after
        self.pairs: list[tuple[Placed, Placed]] = []

    def by_key(self, key: Callable[[Placed], object], least: float = 0.0) -> None:
        """Match what shares a key; where several do, the most alike first."""
        groups: dict[object, list[Placed]] = defaultdict(list)
        for each in self.after:
            if (found := key(each)) is not None:
                groups[found].append(each)
        candidates = []
        for each in self.before:
            others = groups.get(key(each), [])
            if len(others) == 1 and not least:
                candidates.append((1.0, each, others[0]))
            elif others:
                candidates.extend((units_alike(each, other), each, other) for other in others[:_CANDIDATES])
        self._take([candidate for candidate in candidates if candidate[0] >= least])

    def by_likeness(self) -> None:
        """Match what is left by words that few units have."""
        shared = Counter(word for each in (*self.before, *self.after) for word in each.words)
        index: dict[str, list[Placed]] = defaultdict(list)
        for each in self.after:
            for word in _rare(each, shared):
                index[word].append(each)
        candidates = []
        for each in self.before:
            others = {id(other): other for word in _rare(each, shared) for other in index[word][:_CANDIDATES]}
            for other in others.values():
                least = SAME_FILE if each.path == other.path else OTHER_FILE
                if each.is_helper == other.is_helper and (score := units_alike(each, other)) >= least:
                    candidates.append((score, each, other))
        self._take(candidates)

    def _take(self, candidates: list[tuple[float, Placed, Placed]]) -> None:
        candidates.sort(key=lambda each: (-each[0], each[1].path, each[1].unit.line, each[2].path, each[2].unit.line))
        taken: set[int] = set()
        for _, one, other in candidates:
            if id(one) not in taken and id(other) not in taken:
                taken |= {id(one), id(other)}
                self.pairs.append((one, other))
        self.before = [each for each in self.before if id(each) not in taken]
        self.after = [each for each in self.after if id(each) not in taken]


def _rare(each: Placed, shared: Counter[str]) -> list[str]:
    return sorted(each.words, key=lambda word: (shared[word], word))[:_RARE_WORDS]


def is_no_longer_found(before: Placed, after: Placed, kept_paths: Container[str]) -> bool:
    """Tell whether the file of a test function of Python got a name that no runner looks for."""
    if before.is_helper or after.is_helper or before.path == after.path or before.path in kept_paths:
        return False
    return "." not in after.unit.name and bool(_FOUND.search(before.path)) and not _FOUND.search(after.path)


def looks_like_tests(path: str) -> bool:
    """Tell whether a runner of Python looks for tests in a file of that name; True for every other language."""
    return bool(_FOUND.search(path))


def is_like_a_helper(gone: Placed, helpers: Iterable[Placed]) -> Placed | None:
    """Return the helper that a test became when its name stopped being that of a test."""
    for each in helpers:
        is_prefixed = each.own_name != gone.own_name and each.own_name.endswith(gone.own_name)
        if is_prefixed and each.path == gone.path and each.class_name == gone.class_name:
            return each
    found = [each for each in helpers if overlap(gone.words, each.words) >= 0.8]
    return max(found, key=lambda each: overlap(gone.words, each.words), default=None)
