"""Tell where a lifecycle guide says two things: of its states, of its transitions, of its header fields.

What the guide says is given; finding it in the text is `guide`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from .classes import loaded
from .states import usual_states
from .terms import TermList

FEWEST_FIELDS = 3
"""That two lists share before they speak of one header."""

_TERMINAL = re.compile(
    r"\bterminal\b|\b(?:end|final) state\b|\bfinality\b|\bno (?:way back|further (?:transitions?|changes? of state))\b"
    r"|\b(?:cannot|can ?not|can no longer|must not|may not|is never) (?:be )?(?:reopen|resurrect|reactivat|reviv|restor|leave|left)",
    re.IGNORECASE,
)


_NOT_IN_HEADERS = re.compile(r"\b(?:not|never) (?:tracked|recorded|written)\b|\bpre-?draft\b", re.IGNORECASE)
"""What is said of a state that documents have before they are filed."""


class Chain(NamedTuple):
    """States that one line leads through, one after another."""

    line: int
    states: tuple[str, ...]


class Contradiction(NamedTuple):
    """Two things that a guide says and that do not go together."""

    line: int
    says: str
    """The end of a sentence about the guide."""


@dataclass(frozen=True)
class Said:
    """What a guide says, as found in it."""

    states: Sequence[str]
    defined: Sequence[TermList]
    """Lists that say what a state means."""
    offered: Sequence[Sequence[str]]
    """States that the status field may hold."""
    chains: Sequence[Chain]
    ends: frozenset[str]
    """States, in lower case, that a table calls terminal."""
    field_lists: Sequence[tuple[list[str], list[str]]]
    """For each list of header fields: those required, those optional."""


def contradictions(said: Said) -> Iterator[Contradiction]:
    """Yield every contradiction once."""
    lines = {term.name.lower(): term.line for one in reversed(said.defined) for term in one.terms}
    yield from _of_names(said, lines)
    yield from _of_ends(said)
    yield from _of_fields(said.field_lists)


def _of_names(said: Said, lines: dict[str, int]) -> Iterator[Contradiction]:
    """Yield states that one part names and another does not."""
    meant = set(lines)
    field = {name.lower() for one in said.offered for name in one}
    first = min(lines.values(), default=1)
    undefined = [state for state in said.states if state.lower() in field - meant]
    if undefined and len(field & meant) > len(undefined):
        yield Contradiction(first, f"offers {', '.join(undefined)} and does not say what that is")
    aside = {term.name.lower() for one in said.defined for term in one.terms if _NOT_IN_HEADERS.search(term.said)}
    if unoffered := sorted(one for one in meant - field - aside if field and one in usual_states()):
        yield Contradiction(
            lines[unoffered[0]], f"defines {', '.join(unoffered)}, which its status field does not offer"
        )
    known = meant | field
    places = {name.lower(): one.line for one in reversed(said.chains) for name in one.states}
    if lost := sorted(places.keys() - known) if known else []:
        yield Contradiction(places[lost[0]], f"leads through {', '.join(lost)}, which it does not name as a state")


def _of_ends(said: Said) -> Iterator[Contradiction]:
    """Yield states that are called an end and led out of."""
    ends = {term.name.lower() for one in said.defined for term in one.terms if _TERMINAL.search(term.said)} | said.ends
    left = {(a.lower(), b.lower()): one.line for one in reversed(said.chains) for a, b in pairwise(one.states)}
    for (state, after), line in sorted(left.items(), key=lambda one: one[1]):
        if state in ends and after != state:
            yield Contradiction(line, f"leads from {state} to {after}, and says that {state} is an end")


def _of_fields(field_lists: Sequence[tuple[list[str], list[str]]]) -> Iterator[Contradiction]:
    """Yield header fields that are required and optional; a list of them names the state too."""
    seen: set[str] = set()
    status = set(loaded("fields.yaml")["status"])
    for required, optional in field_lists:
        for others, other_optional in field_lists:
            same = {*required, *optional} & {*others, *other_optional}
            both = ", ".join(sorted({*required} & {*other_optional}))
            if len(same) >= FEWEST_FIELDS and same & status and both and both not in seen:
                seen.add(both)
                yield Contradiction(1, f"calls {both} both required and optional")
