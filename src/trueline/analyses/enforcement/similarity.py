"""How alike two texts or test units are, as a share between 0 and 1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from trueline.model.enforcement import TestUnit

_WORDS = re.compile(r"[^\W\d_]+|\d[\w.]*|\"(?:\\.|[^\"\\])*\"|[^\w\s]")
_LITERALS = re.compile(
    r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|(?<![\w.])-?\d[\w.]*|\b(?:None|True|False|null|nil|true|false|undefined)\b"
)
_FILLED = re.compile(r"\{[^{}]*\}|%[sdrif]")
_WHOLE = re.compile(r"^(?:.*\)|\w+)(?=[.\[])", re.DOTALL)
_NAME_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@dataclass(frozen=True)
class Placed:
    """A test unit in its file."""

    path: str
    unit: TestUnit
    is_helper: bool = False
    occurrence: int = field(default=0, compare=True)
    """Which of several with the same name in the file."""

    @cached_property
    def words(self) -> Counter[str]:
        """The words of its body."""
        return Counter(self.unit.body.split())

    @cached_property
    def subjects(self) -> Counter[str]:
        """What it looks at, without what that is a part of: a local name, a fixture, or the result of a call."""
        return Counter(
            f"{_WHOLE.sub('', each.subject) or each.subject}={each.expected}" for each in self.unit.assertions
        )

    @property
    def class_name(self) -> str:
        """The name of its class or outermost suite; empty for a function of its own."""
        return self.unit.name.partition(".")[0] if "." in self.unit.name else ""

    @property
    def own_name(self) -> str:
        """Its name without that of its class or suite."""
        return re.split(r"[./>]\s*", self.unit.name)[-1] or self.unit.name


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of what two multisets have in common."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


@lru_cache(maxsize=20_000)
def words_of(text: str) -> Counter[str]:
    """Return the words of an expression; parts of names count as words."""
    return Counter(_WORDS.findall(text))


@lru_cache(maxsize=20_000)
def literals_of(text: str) -> Counter[str]:
    """Return the literals in an expression; what a format string fills in is none."""
    return Counter(_FILLED.sub("{}", each) for each in _LITERALS.findall(text))


def alike(one: str, other: str) -> float:
    """Return how alike two expressions are."""
    return 1.0 if one == other else overlap(words_of(one), words_of(other))


def names_alike(one: str, other: str) -> float:
    """Return how alike two names of tests are."""
    words, others = (Counter(word.lower() for word in _NAME_WORDS.findall(name)) for name in (one, other))
    for found in (words, others):
        found.pop("test", None)
    return max(overlap(words, others), SequenceMatcher(None, one, other).ratio() - 0.2)


def units_alike(one: Placed, other: Placed) -> float:
    """Return how likely two units are one and the same: by body, by what they look at, by name."""
    bodies = overlap(one.words, other.words)
    if bodies == 1.0 and one.words:
        return 1.0
    names = names_alike(one.own_name, other.own_name)
    if not one.subjects or not other.subjects:
        return 0.7 * bodies + 0.3 * names
    return 0.5 * bodies + 0.3 * overlap(one.subjects, other.subjects) + 0.2 * names


def total(counters: Iterable[Counter[str]]) -> Counter[str]:
    """Return the sum of multisets."""
    found: Counter[str] = Counter()
    for counter in counters:
        found.update(counter)
    return found


def arguments_of(text: str) -> list[str]:
    """Return the parts of normalised text between the commas that stand in no bracket or string."""
    parts, depth, quote, previous = [""], 0, "", ""
    for character in text:
        if quote:
            quote = "" if character == quote and previous != "\\" else quote
        elif character in "\"'`":
            quote = character
        else:
            depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0 and not quote:
            parts.append("")
        else:
            parts[-1] += character
        previous = character
    return parts
