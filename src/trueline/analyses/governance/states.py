"""Tell the states of a lifecycle by their names, and what each means.

The words stand in `words.yaml`; they serve proposals only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from .classes import loaded

MOST_WORDS = 4
_STATE = re.compile(r"[A-Za-z][A-Za-z-]*(?: [A-Za-z-]+)*")
_STOPS = re.compile(
    r"[,;:(—–\[{|/.]|\s-\s|\b(?:by|on|as of|since|until|see|because|in favou?r|but|which)\b|\d", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:[^A-Za-z]|\d{4}-\d\d-\d\d|(?:status|state)\s*:)+", re.IGNORECASE)
_ENUMERATED = re.compile(r"\s*(?:\||,|;|/|\bor\b)\s*")
_ARROW = re.compile(r"\s*(?:[-=]{1,3}>|→|⟶|⇒|➡)\s*")
_PADDING = " *`_\"'“”[]<>{}().\\"


@cache
def words() -> Mapping[str, Any]:
    """Return what `words.yaml` says."""
    return {name: value if isinstance(value, str) else frozenset(value) for name, value in loaded("words.yaml").items()}


def usual_states() -> frozenset[str]:
    """Return the names of states that many organisations use, in lower case."""
    return frozenset(words()["canonical"] | words()["final"] | words()["other"])


def state_in(written: str) -> str | None:
    """Return the state that a header begins with, without what follows: `Superseded by ADR-7` is `Superseded`.

    None where it is a sentence and no state.
    """
    said = _LEADING.sub("", written.strip())
    name = _STOPS.split(said, maxsplit=1)[0].strip(_PADDING)
    if not _STATE.fullmatch(name) or len(name.split()) > MOST_WORDS:
        return None
    return name[:1].upper() + name[1:].lower()


def enumerated(text: str) -> list[str]:
    """Return the states that one value offers: `<Draft | Accepted>`, `Draft, Review, Final`; else nothing."""
    parts = [part.strip(_PADDING) for part in _ENUMERATED.split(text.strip(_PADDING))]
    names = [part for part in (re.sub(r"^(?:one of:?|or)\s+", "", part, flags=re.IGNORECASE) for part in parts) if part]
    known = [state for name in names if (state := state_in(name))]
    is_list = len(known) >= 3 and len(known) >= len(names) - 1
    return known if is_list and sum(name.lower() in usual_states() for name in known) >= 2 else []


def chain(text: str) -> list[str]:
    """Return the states of `Draft → Review → Canonical`; nothing where it is another chain."""
    said = (
        text.rpartition(": ")[2]
        if text.count(": ") == 1 and "->" not in text.partition(": ")[0]
        else text.partition(" : ")[0]
    )
    parts = [part.strip(_PADDING) for part in _ARROW.split(said)]
    if not 2 <= len(parts) <= 9 or not all(
        _STATE.fullmatch(part) and len(part.split()) <= MOST_WORDS for part in parts
    ):
        return []
    return parts if {part.lower() for part in parts} & usual_states() else []


def meaning(state: str, said: str = "") -> str | None:
    """Return `canonical` or `final` where a state's name, else its definition, says so."""
    name = state.lower()
    for one in ("final", "canonical"):
        if name in words()[one]:
            return one
    if name in words()["other"]:
        return None
    return next(
        (one for one in ("final", "canonical") if re.search(words()[f"{one}_meaning"], said, re.IGNORECASE)), None
    )


def is_fixed(said: str) -> bool:
    """Return True where a definition says that a document in this state is not changed any more."""
    return bool(re.search(words()["fixed_meaning"], said, re.IGNORECASE))


def of_meaning(states: Iterable[str], wanted: str, said: Mapping[str, str]) -> list[str]:
    """Return the states that mean `canonical` or `final`."""
    return [state for state in states if meaning(state, said.get(state.lower(), "")) == wanted]
