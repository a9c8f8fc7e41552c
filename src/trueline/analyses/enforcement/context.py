"""What a whole change says beside its matched units, so that a loss in one place is not held against another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from trueline.analyses.enforcement.remainders import Remainder
from trueline.analyses.enforcement.similarity import Placed, literals_of, names_alike, overlap, total
from trueline.model.enforcement import Assertion, Ledger, TestUnit
from trueline.sources.enforcement.vocabulary import VOCABULARY

_SHORT_NAME = 3
"""A production name of so few letters is defined in too many places to say what went."""

_GIVEN = re.compile(r"[(,] (\w{4,}) = ")
_MANY_TESTS = 3
_MANY_WORDS = 20
"""With so many new tests, or so many words gone from the code, a test that went may have gone with what it was of."""
_CONSTANT = re.compile(r"(?:\w+\.)*[A-Z]\w*")
_COMMON = frozenset({"None", "True", "False", "0", "1", '""'})
_CALLS = 0.25
_NAMES = 0.4
_ELSEWHERE = 0.5
_COVERED = 0.6
"""How much of its calls or its name, of its body in another file, and of its literals another test must share."""
_LONG_NAME = 7
"""A production name of so many letters in the name of a test says what it is of."""


@dataclass(frozen=True)
class Context:
    """The change as a whole."""

    after: Sequence[Placed]
    remainders: Sequence[Remainder]
    removed_names: frozenset[str]
    """What production code no longer defines, nor any other file of the change."""
    paths_of_removed: frozenset[str] = frozenset()
    """Files of tests that are gone as a whole, and whose own helpers were of production code that went."""
    vanished_words: frozenset[str] = frozenset()
    """What no production code of the change says any more."""
    kept_paths: frozenset[str] = frozenset()
    """Files that are there after the change."""
    removed_classes: Collection[str] = ()
    """Classes of test files that have another name now, or are gone."""

    def is_of_vanished_option(self, unit: TestUnit) -> bool:
        """Tell whether a test gives an argument by a name that went from production code."""
        return bool(self.vanished_words) and not self.vanished_words.isdisjoint(_GIVEN.findall(unit.body))

    def is_rebuilt(self, path: str) -> bool:
        """Tell whether tests were written anew beside those of a file, or much of the code that they were of went."""
        new = [each.after for each in self.remainders if each.before is None and each.after is not None]
        tests = [each for each in new if not each.is_helper]
        is_followed = any(each.path == path for each in tests) or len(tests) >= _MANY_TESTS
        return is_followed or len(self.vanished_words) >= _MANY_WORDS

    def is_of_removed(self, unit: TestUnit, path: str) -> bool:
        """Tell whether a test is of production code that went with it."""
        words = set(unit.calls) | set(re.findall(r"\w+", unit.body)) if self.removed_names else set()
        stem = PurePosixPath(path).stem.removeprefix("test_").removesuffix("_test")
        if stem in self.removed_names or not self.removed_names.isdisjoint(words):
            return True
        if any(len(name) >= _LONG_NAME and name in unit.name for name in self.removed_names):
            return True
        return path in self.paths_of_removed

    def is_asserted_by_helper(self, lost: Assertion, before: Placed, after: Placed) -> bool:
        """Tell whether a unit now calls a function, or asks for a fixture, that asserts the like."""
        newly_called = Counter(after.unit.calls) - Counter(before.unit.calls)
        for helper in self.after:
            if helper.is_helper and helper.own_name in newly_called and helper.own_name != before.own_name:
                forms = {each.form for each in helper.unit.assertions}
                if lost.form in forms or "other" in forms or (lost.form == "truth" and forms):
                    return True
        return False

    def is_a_case_of(self, lost: Assertion, before: Placed | None, after: Placed) -> bool:
        """Tell whether an assertion became a row of a table."""
        literals = literals_of(lost.subject) + literals_of(lost.expected or "")
        rows = Counter(after.unit.cases) - Counter(before.unit.cases if before else ())
        forms = {each.form for each in after.unit.assertions}
        if not literals:
            named = rf"(?<![\w.]){re.escape(lost.expected or '')}(?![\w.])"
            is_constant = _CONSTANT.fullmatch(lost.expected or "") is not None
            return is_constant and lost.form in forms and any(re.search(named, row) for row in rows)
        known = set(literals_of(after.unit.body))
        return lost.form in forms and any(set(literals) - known <= set(literals_of(row)) for row in rows)

    def absorbs(self, gone: Placed) -> bool:
        """Tell whether another unit took a whole test over as one of its cases."""
        return any(_has_as_case(remainder, gone) for remainder in self.remainders)


def _has_as_case(remainder: Remainder, gone: Placed) -> bool:
    """Tell whether what a test gives and expects stands in the new rows of another, which does much the same."""
    other = remainder.after
    if other is None or other.is_helper or not (other.unit.assertions or not gone.unit.assertions):
        return False
    rows = Counter(other.unit.cases) - Counter(remainder.before.unit.cases if remainder.before else ())
    if not rows or (other.path != gone.path and overlap(gone.words, other.words) < _ELSEWHERE):
        return False
    calls = overlap(Counter(gone.unit.calls), Counter(other.unit.calls))
    if calls < _CALLS and names_alike(gone.own_name, other.own_name) < _NAMES:
        return False
    own = {each for each in literals_of(gone.unit.body) if each not in _COMMON}
    in_rows = set(total(literals_of(row) for row in rows))
    if not own:
        return overlap(gone.words, other.words) >= _ELSEWHERE
    covered = own & (in_rows | set(literals_of(other.unit.body)))
    return len(covered) >= _COVERED * len(own) and bool(own & in_rows)


def removed_names(before: Iterable[Ledger], after: Iterable[Ledger]) -> frozenset[str]:
    """Return the names that production code defined and that no file of the change defines any more."""
    olds, news = list(before), list(after)
    gone = {name for ledger in olds for name in ledger.defines} - {name for ledger in news for name in ledger.defines}
    paths = {ledger.path for ledger in news}
    stems = {PurePosixPath(ledger.path).stem for ledger in news}
    for ledger in olds:
        stem = PurePosixPath(ledger.path).stem
        if ledger.path not in paths and ledger.defines and stem not in stems:
            gone.add(stem)
    return frozenset(name for name in gone if len(name) > _SHORT_NAME)


def vanished_words(before: Iterable[Ledger], after: Iterable[Ledger]) -> frozenset[str]:
    """Return the words that production code of the change said before and says nowhere now."""
    said = [
        {word for ledger in side for m in ledger.measures if m.scope == VOCABULARY for word in m.value.split()}
        for side in (before, after)
    ]
    return frozenset(said[0] - said[1])


def paths_of_removed(before: Iterable[Ledger], after: Iterable[Ledger], names: frozenset[str]) -> frozenset[str]:
    """Return the files that are gone with what most of their tests and helpers name."""
    kept = {ledger.path for ledger in after}
    found = set()
    for ledger in before:
        parts = [*ledger.units, *ledger.helpers]
        named = sum(not names.isdisjoint({*each.calls, *re.findall(r"\w+", each.body)}) for each in parts)
        if names and parts and ledger.path not in kept and named * 3 >= len(parts):
            found.add(ledger.path)
    return frozenset(found)
