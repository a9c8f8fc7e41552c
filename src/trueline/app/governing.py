"""Set what a change no longer enforces against the specification that it verified.

Each weakening stands in one of four places: its specification changed before, changes here, is untouched, or
is not known. Whether the author may do that is not decided here: that is authority's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from trueline.model.enforcement import ChangeKind, EnforcementChange, Ledger

from .specs import Spec, SpecPart, mentions, part_of, requirement_ids

Standing = Literal["spec_changed_before", "spec_changed_here", "spec_untouched", "no_requirement"]

OF_UNITS: frozenset[ChangeKind] = frozenset(
    {
        *("assertion_removed", "assertion_weakened", "expected_changed", "tolerance_loosened", "test_deleted"),
        *("test_skipped", "test_xfail", "case_removed", "exception_swallowed", "sut_mocked", "golden_changed"),
    }
)
"""Kinds of change that speak of behaviour, so that a specification can answer for them."""

REDEFINES: frozenset[ChangeKind] = frozenset({"expected_changed", "tolerance_loosened", "golden_changed"})
"""Of these, the ones that a changed specification explains: it says another value now."""

SaidBefore = Callable[[str, str], bool]
"""Path of a specification and of a test -> whether the former changed, in an earlier commit, after the latter did."""


@dataclass(frozen=True)
class Weighed:
    """A weakening, and how it stands to its specification."""

    change: EnforcementChange
    standing: Standing
    parts: tuple[SpecPart, ...] = ()
    through: str = ""
    """How the specification was found: `CART-7`, or the path that it governs."""

    @property
    def is_explained(self) -> bool:
        """Return True where an earlier change of the specification asked for it."""
        return self.standing == "spec_changed_before" and self.change.kind in REDEFINES


@dataclass(frozen=True)
class Unverified:
    """Governed code that changed while nothing is known to verify it."""

    path: str
    spec: Spec


@dataclass(frozen=True)
class SpecTexts:
    """The specifications, and their texts at both ends of the change."""

    specs: Sequence[Spec]
    before: Mapping[str, bytes | None]
    """By path of the document."""
    after: Mapping[str, bytes | None]

    def naming(self, requirement: str) -> Iterator[Spec]:
        """Yield the specifications that name a requirement, at either end."""
        for spec in self.specs:
            if any(mentions(text, requirement) for text in self.texts(spec)):
                yield spec

    def texts(self, spec: Spec) -> list[str]:
        contents = (self.before.get(spec.source_path), self.after.get(spec.source_path))
        return [content.decode("utf-8", "replace") for content in contents if content]

    def part(self, spec: Spec, requirement: str | None) -> SpecPart:
        path = spec.source_path
        return part_of(spec, requirement, self.before.get(path), self.after.get(path))


def weigh(
    changes: Iterable[EnforcementChange], texts: SpecTexts, changed_code: Sequence[str], said_before: SaidBefore
) -> list[Weighed]:
    """Return every weakening with its standing."""
    return [_weighed(change, texts, changed_code, said_before) for change in changes]


def unverified(
    changed_code: Iterable[str],
    ledgers: Iterable[Ledger],
    texts: SpecTexts,
    elsewhere: Callable[[frozenset[str]], frozenset[str]],
) -> list[Unverified]:
    """Return governed paths that changed while no test unit names a requirement of what governs them.

    `elsewhere` says which of some requirements units name in files that the change does not touch.
    """
    named = {id for ledger in ledgers for unit in (*ledger.units, *ledger.helpers) for id in unit.requirement_ids}
    found = [(path, spec) for path in changed_code for spec in texts.specs if spec.governs(path)]
    verified: dict[str, bool] = {}
    for spec in {spec.id: spec for _, spec in found}.values():
        ids = frozenset().union(*(requirement_ids(text) for text in texts.texts(spec)))
        verified[spec.id] = bool(ids & named) or bool(ids and elsewhere(ids))
    return [Unverified(path, spec) for path, spec in found if not verified[spec.id]]


def _weighed(
    change: EnforcementChange, texts: SpecTexts, changed_code: Sequence[str], said_before: SaidBefore
) -> Weighed:
    if change.kind not in OF_UNITS:
        return Weighed(change, "no_requirement")
    parts, through = _governing(change, texts, changed_code)
    if not parts:
        return Weighed(change, "no_requirement")
    changed = tuple(part for part in parts if part.is_changed)
    if changed:
        return Weighed(change, "spec_changed_here", changed, through)
    if any(_says_new(part, change) or said_before(part.spec.source_path, _old_path(change)) for part in parts):
        return Weighed(change, "spec_changed_before", parts, through)
    return Weighed(change, "spec_untouched", parts, through)


def _governing(
    change: EnforcementChange, texts: SpecTexts, changed_code: Sequence[str]
) -> tuple[tuple[SpecPart, ...], str]:
    """Return what governs a test: what its requirements name, else its own path, else the code changed with it."""
    named = [(spec, id) for id in change.requirement_ids for spec in texts.naming(id)]
    if named:
        return tuple(texts.part(spec, id) for spec, id in named), ", ".join(dict.fromkeys(id for _, id in named))
    for path in (change.path, _old_path(change)):
        if specs := [spec for spec in texts.specs if spec.governs(path)]:
            return tuple(texts.part(spec, None) for spec in specs), path
    by_path = {path: [spec for spec in texts.specs if spec.governs(path)] for path in changed_code}
    specs = list({spec.id: spec for found in by_path.values() for spec in found}.values())
    if len(specs) == 1:  # with several it cannot be told which one the test speaks of
        return (texts.part(specs[0], None),), next(path for path, found in by_path.items() if found)
    return (), ""


def _says_new(part: SpecPart, change: EnforcementChange) -> bool:
    """Return True where the requirement already has the new value, and the old one no more."""
    if part.requirement is None or not change.old or not change.new:
        return False
    text = "\n".join(part.old)
    return _has_value(text, change.new) and not _has_value(text, change.old)


def _has_value(text: str, value: str) -> bool:
    literals = re.findall(r"\"[^\"]*\"|'[^']*'|-?\d+(?:\.\d+)?", value)
    wanted = literals[-1].strip("\"'") if literals else ""
    return bool(wanted) and re.search(rf"(?<![\w.]){re.escape(wanted)}(?![\w]|\.\d)", text) is not None


def _old_path(change: EnforcementChange) -> str:
    return change.old_path or change.path
