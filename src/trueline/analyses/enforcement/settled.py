"""Settle what one side of a change cannot know about measures, before the two sides are compared.

A check that another of its purpose replaces is not lost; what relaxes a check or a tool that is itself new is no
loss; where a check runs counts only while it runs; a remark on a line that was edited is the same remark. Measures
settled so are taken out of both sides; test units are left as they are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from trueline.model.enforcement import Ledger, Measure
from trueline.sources.enforcement.dependencies import DEPENDENCIES
from trueline.sources.enforcement.statements import STATEMENTS, digests_of
from trueline.sources.enforcement.vocabulary import VOCABULARY

_Key = tuple[str, str, str]
_Place = tuple[str, Measure]
_NEVER_COMPARED = (STATEMENTS, VOCABULARY, DEPENDENCIES)
_WIDE_SCOPE = re.compile(
    r"(?:@\S+ )*(?:(?:public|final|abstract|static|sealed|export|internal|open) )*(?:class|interface|enum) "
)
WHOLE_FILE = re.compile(
    r"eslint-disable(?!-)|(?:flake8|ruff): noqa|tslint:disable(?!-)|mypy: ignore-errors|@ts-nocheck|pyright: basic|pylint: *skip-file"
)
"""Remarks that silence a tool for a whole file."""
_OF_TYPES = ("type: ignore", "pyright: ignore", "mypy:", "ts-ignore")


def settled(before: Sequence[Ledger], after: Sequence[Ledger]) -> tuple[list[Ledger], list[Ledger]]:
    """Return the ledgers of both sides without the measures whose difference means nothing."""
    sides = _Sides(before, after)
    sides.forget_replaced_checks()
    sides.forget_contexts_of_other_checks()
    sides.forget_what_came_with_its_tool()
    sides.forget_levels_that_are_not_stated_twice()
    sides.forget_remarks_that_stayed()
    sides.forget_price_of_a_new_rule()
    sides.forget_what_was_said_otherwise()
    sides.forget_what_new_files_let_pass()
    sides.forget_goldens_of_one_side()
    sides.say_it_once()
    return _without(before, sides.before_settled), _without(after, sides.after_settled)


@dataclass
class _Sides:
    before: Sequence[Ledger]
    after: Sequence[Ledger]
    before_settled: set[_Place] = field(default_factory=set)
    after_settled: set[_Place] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.old, self.new = list(_places(self.before)), list(_places(self.after))
        self.old_count, self.new_count = (Counter(map(_key, side)) for side in (self.old, self.new))
        self.old_surplus, self.new_surplus = _surplus(self.old, self.new), _surplus(self.new, self.old)
        self.old_checks = {measure.key: measure.value for _, measure in self.old if _is_check(measure)}
        self.new_checks = {measure.key: measure.value for _, measure in self.new if _is_check(measure)}
        self.replaced_by: dict[str, list[str]] = defaultdict(list)
        """For each check that is new, the ones that it replaces."""

    def gone(self) -> list[_Place]:
        """Return what the base has more often than the head."""
        return self.old_surplus

    def come(self) -> list[_Place]:
        """Return what the head has more often than the base."""
        return self.new_surplus

    def forget_replaced_checks(self) -> None:
        """Settle checks that run elsewhere, or that others of their purpose have taken the place of."""
        come = {measure.key: measure.value for _, measure in self.come() if _is_check(measure)}
        used: set[str] = set()
        for place in self.gone():
            key, group = place[1].key, place[1].value
            if not _is_check(place[1]):
                continue
            others = [
                other for other in come if other not in self.old_checks and _may_replace(key, group, other, come[other])
            ]
            if key in self.new_checks or others or not self._is_a_loss(place[1]):
                self.before_settled.add(place)
                used.update(others)
                for other in others:
                    self.replaced_by[other].append(key)
        known = self.old_checks.keys() | used
        self.after_settled.update(one for one in self.come() if _is_check(one[1]) and one[1].key in known)

    def _is_a_loss(self, check: Measure) -> bool:
        """Say whether it matters that a check is gone: reports of coverage check nothing, nor do bare settings."""
        if check.value.startswith("settings "):
            return (
                any(m.scope == check.key and m.stricter != "absent" for _, m in self.old)
                and "coverage" not in check.value
            )
        return not check.value.startswith("coverage ")

    def forget_contexts_of_other_checks(self) -> None:
        """Settle where a check runs, or what a tool refuses, unless both sides have that check or tool."""
        old_scopes, new_scopes = (_checks_by_language(side) for side in (self.before, self.after))
        old_languages, new_languages = _languages(self.before), _languages(self.after)
        for side, languages, others, counts, done in (
            (self.gone(), old_languages, new_scopes, self.new_count, self.before_settled),
            (self.come(), new_languages, old_scopes, self.old_count, self.after_settled),
        ):
            for place in side:
                measure = place[1]
                if measure.stricter != "absent" and measure.scope and not _is_check(measure):
                    is_there = (_family(languages[place[0]]), measure.scope) in others
                    if not is_there or counts[_key(place)] or _is_selected_by_another(measure, counts):
                        done.add(place)

    def forget_what_came_with_its_tool(self) -> None:
        """Settle what relaxes a check or a tool that only one side has."""
        for side, here, there, counts, done in (
            (self.come(), self.new_checks, self.old_checks, self.old_count, self.after_settled),
            (self.gone(), self.old_checks, self.new_checks, self.new_count, self.before_settled),
        ):
            for place in side:
                measure = place[1]
                if measure.stricter != "absent" or measure.scope not in here:
                    continue
                twins = [(measure.kind, measure.key, other) for other in self.replaced_by.get(measure.scope, ())]
                is_new = measure.scope not in there and not twins
                if is_new or any(counts[twin] for twin in twins) or counts[_key(place)]:
                    done.add(place)

    def forget_levels_that_are_not_stated_twice(self) -> None:
        """Settle levels of lint rules that one side leaves to its preset, which is not known."""
        for side, counts, done in (
            (self.gone(), self.new_count, self.before_settled),
            (self.come(), self.old_count, self.after_settled),
        ):
            for place in side:
                is_level = place[1].stricter == "more" and place[1].kind == "lint_suppressed"
                if is_level and not counts[_key(place)]:
                    done.add(place)

    def forget_remarks_that_stayed(self) -> None:
        """Settle remarks on code that is itself new or one copy more, and remarks as often as one went and one came."""
        gone = [one for one in self.gone() if self._is_remark(one)]
        come = [one for one in self.come() if self._is_remark(one)]
        old_statements, new_statements = _statements(self.before), _statements(self.after)
        self.after_settled.update(
            one for one in come if self.old_count[_key(one)] or _stands_on_new(one, old_statements)
        )
        self.before_settled.update(
            one for one in gone if self.new_count[_key(one)] or _stands_on_new(one, new_statements)
        )
        wide = {(one[0], *_key(one)[:2]) for one in gone if _is_wide(one[1])}
        self.after_settled.update(one for one in come if (one[0], *_key(one)[:2]) in wide)
        for same in (
            lambda one: (one[0], *_key(one)[:2]),
            lambda one: _key(one)[:2],
            lambda one: (one[0], one[1].kind),
        ):
            waiting = defaultdict(list)
            for one in gone:
                if one not in self.before_settled:
                    waiting[same(one)].append(one)
            for one in come:
                if one not in self.after_settled and waiting[same(one)]:
                    self.after_settled.add(one)
                    self.before_settled.add(waiting[same(one)].pop())

    def _is_remark(self, place: _Place) -> bool:
        measure = place[1]
        is_of_tool = measure.scope in self.old_checks or measure.scope in self.new_checks
        return measure.stricter == "absent" and bool(measure.scope) and not is_of_tool

    def forget_price_of_a_new_rule(self) -> None:
        """Settle exceptions that were made when their rule, or others of their tool, were switched on."""
        for come, gone, checks, done in (
            (self.come(), self.gone(), self.new_checks, self.after_settled),
            (self.gone(), self.come(), self.old_checks, self.before_settled),
        ):
            tools = {one[1].scope for one in come if one[1].key.startswith(("select ", "filterwarnings error"))}
            codes = {one[1].key.split()[-1] for one in come if one[1].key.startswith("select ")}
            codes |= {one[1].key.split()[-1] for one in gone if one[1].key.startswith("ignore ")}
            codes |= {m.key.split()[-1] for _, m in come if m.stricter == "present" and m.scope in checks}
            codes |= {m.key.removesuffix(" off") for _, m in gone if m.stricter == "absent" and m.scope in checks}
            purposes = {one[1].value.split()[-2] for one in come if _is_check(one[1])}
            purposes |= {checks[m.scope].split()[-2] for _, m in come if m.stricter == "present" and m.scope in checks}
            purposes |= {checks[m.scope].split()[-2] for _, m in gone if m.stricter == "absent" and m.scope in checks}
            for place in come:
                measure = place[1]
                of_rule = measure.key.rpartition(" ")[2].startswith(tuple(codes)) or (
                    "types" in purposes and measure.key.startswith(_OF_TYPES)
                )
                if measure.stricter == "absent" and (measure.scope in tools or (of_rule and self._is_remark(place))):
                    done.add(place)

    def forget_what_was_said_otherwise(self) -> None:
        """Settle exceptions that only changed their words or their folder, and flags that `strict` stands for."""
        waiting: dict[tuple[str, str, str], list[_Place]] = defaultdict(list)
        for place in self.gone():
            if place[1].stricter == "absent" and place[1].scope in self.old_checks:
                waiting[_gist(place[1])].append(place)
        for place in self.come():
            if place[1].stricter == "absent" and waiting[_gist(place[1])]:
                self.after_settled.add(place)
                self.before_settled.add(waiting[_gist(place[1])].pop())
        strict = {one[1].scope for one in self.come() if one[1].key == "strict"}
        self.before_settled.update(
            one for one in self.gone() if one[1].stricter == "present" and one[1].scope in strict
        )

    def forget_what_new_files_let_pass(self) -> None:
        """Settle what a file lets pass that only one side has: its code is as new as it is."""
        old_paths, new_paths = ({ledger.path for ledger in side} for side in (self.before, self.after))
        for side, paths, done in (
            (self.come(), old_paths, self.after_settled),
            (self.gone(), new_paths, self.before_settled),
        ):
            done.update(one for one in side if one[1].stricter == "absent" and not one[1].scope and one[0] not in paths)

    def forget_goldens_of_one_side(self) -> None:
        """Settle golden files that went: whether their test went too is seen with the tests."""
        self.before_settled.update(
            one for one in self.gone() if one[1].kind == "golden_changed" and not self.new_count[_key(one)]
        )

    def say_it_once(self) -> None:
        """Settle repetitions: one condition on ten checks of a file is one difference."""
        for side, done in ((self.gone(), self.before_settled), (self.come(), self.after_settled)):
            said: set[tuple[str, str, str]] = set()
            for place in side:
                measure = place[1]
                of_check = measure.scope in self.old_checks or measure.scope in self.new_checks
                if place in done or not of_check or measure.kind not in ("ci_disabled", "ci_nonfailing"):
                    continue
                one = (place[0], measure.kind, measure.key)
                if one in said:
                    done.add(place)
                said.add(one)


def _surplus(side: Sequence[_Place], other: Sequence[_Place]) -> list[_Place]:
    """Return what one side has more often than the other, from files that the other does not have it in first."""
    waiting = Counter(map(_key, other))
    elsewhere = {(path, *_key((path, measure))) for path, measure in other}
    surplus = []
    for place in sorted(side, key=lambda one: (one[0], *_key(one)) not in elsewhere):
        waiting[_key(place)] -= 1
        if waiting[_key(place)] < 0:
            surplus.append(place)
    return surplus


def _is_check(measure: Measure) -> bool:
    """Say whether a measure is a check or a tool itself, whose value is its group."""
    return measure.stricter == "present" and not measure.scope and " " in measure.value


def _may_replace(key: str, group: str, other: str, other_group: str) -> bool:
    """Say whether another check serves the purpose of one, and not merely a part of it."""
    purpose, _, kind = group.rpartition(" ")
    other_purpose, _, other_kind = other_group.rpartition(" ")
    is_narrower = other.startswith((f"{key} ", f"{key}/"))
    return purpose == other_purpose and (kind == other_kind or "any" in (kind, other_kind)) and not is_narrower


def _stands_on_new(place: _Place, statements: dict[str, set[str]]) -> bool:
    """Say whether a remark stands on a statement that its file does not have on the other side."""
    return not digests_of(place[1].value) <= statements.get(place[0], set())


def _is_wide(remark: Measure) -> bool:
    """Say whether a remark was on a whole class or file: narrower ones in its place are no more than it was."""
    return bool(_WIDE_SCOPE.match(remark.scope) or WHOLE_FILE.search(remark.text))


def _statements(ledgers: Iterable[Ledger]) -> dict[str, set[str]]:
    return {one.path: digests_of(m.value) for one in ledgers for m in one.measures if m.scope == STATEMENTS}


def _is_selected_by_another(measure: Measure, counts: Counter[_Key]) -> bool:
    """Say whether a rule that is not named any more is one of a family that is: `B9` is part of `B`."""
    name, _, code = measure.key.rpartition(" ")
    return name == "select" and any(
        counts[measure.kind, f"select {code[:end]}", measure.scope] for end in range(1, len(code))
    )


def _gist(measure: Measure) -> tuple[str, str, str]:
    """Return what an exception is about when folders and wording are left out."""
    if measure.key.startswith("filterwarnings ignore"):
        return measure.kind, measure.scope, "filterwarnings ignore"
    name, _, entry = measure.key.partition(" ")
    last = entry.rpartition("/")[2]
    is_family = name == "ignore" and last.isalpha() and last.isupper()
    return measure.kind, measure.scope, f"{name} {last[:2] if is_family else last}"


def _family(language: str) -> str:
    return language if language in ("github_actions", "gitlab_ci", "make") else "other"


def _languages(ledgers: Iterable[Ledger]) -> dict[str, str]:
    return {ledger.path: ledger.language for ledger in ledgers}


def _checks_by_language(ledgers: Iterable[Ledger]) -> set[tuple[str, str]]:
    return {(_family(ledger.language), m.key) for ledger in ledgers for m in ledger.measures if _is_check(m)}


def _places(ledgers: Iterable[Ledger]) -> Iterable[_Place]:
    return ((ledger.path, m) for ledger in ledgers for m in ledger.measures if m.scope not in _NEVER_COMPARED)


def _key(place: _Place) -> _Key:
    return place[1].kind, place[1].key, place[1].scope


def _without(ledgers: Iterable[Ledger], settled_places: set[_Place]) -> list[Ledger]:
    return [
        replace(
            one,
            measures=tuple(
                m for m in one.measures if m.scope not in _NEVER_COMPARED and (one.path, m) not in settled_places
            ),
        )
        for one in ledgers
    ]
