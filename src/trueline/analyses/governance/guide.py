"""Read a lifecycle guide: the document in which an organisation says how its documents live.

It is prose, so what is found is a proposal to be read by somebody, never a rule by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

_GUIDE = re.compile(
    r"\b(?:document(?:ation|s)?|spec(?:ification)?s?|adr|decisions?|records?)\b.{0,40}\b(?:lifecycle|life cycle|governance|process|policy|standards?|conventions?|guide|rules)\b"
    r"|\b(?:lifecycle|governance)\b.{0,30}\b(?:documents?|documentation|specs?|specifications)\b",
    re.IGNORECASE,
)
_STATES = re.compile(r"\b(?:states?|status(?:es)?|lifecycle|life cycle|stages?)\b", re.IGNORECASE)
_FIELDS = re.compile(r"\b(?:header|metadata|front ?matter|required fields?|mandatory fields?|fields?)\b", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:->|-->|→|⟶|⇒|=>)\s*")
_STATE = re.compile(r"[A-Za-z][A-Za-z -]{1,24}")
_LOWER_HYPHENS = re.compile(r"kebab[- ]case|lower ?case[^.]{0,30}(?:hyphen|dash)", re.IGNORECASE)

CANONICAL = frozenset(
    {
        "canonical",
        "approved",
        "accepted",
        "active",
        "final",
        "current",
        "published",
        "effective",
        "adopted",
        "normative",
    }
)
FINAL = frozenset(
    {
        "superseded",
        "deprecated",
        "retired",
        "archived",
        "obsolete",
        "withdrawn",
        "rejected",
        "replaced",
        "removed",
        "abandoned",
    }
)

Parsed = Mapping[str, Sequence[Any]]
"""Rows of one document by table, as `sources.trees.documents` gives them."""


@dataclass
class Guide:
    """What a lifecycle guide says."""

    path: str
    states: list[str] = field(default_factory=list)
    transitions: list[str] = field(default_factory=list)
    required_fields: list[str] = field(default_factory=list)
    name_pattern: str | None = None

    @property
    def canonical_states(self) -> list[str]:
        return [state for state in self.states if state.lower() in CANONICAL]

    @property
    def final_states(self) -> list[str]:
        return [state for state in self.states if state.lower() in FINAL]


def guides(documents: Iterable[tuple[str, Parsed]]) -> Iterator[Guide]:
    """Yield every document that is a lifecycle guide and says at least which states there are."""
    for path, parsed in documents:
        titles = [row[0] or "" for row in parsed["documents"]]
        if any(_GUIDE.search(title) for title in titles) and (guide := read_guide(path, parsed)).states:
            yield guide


def read_guide(path: str, parsed: Parsed) -> Guide:
    """Return what one document says of states, transitions, header fields and names."""
    guide = Guide(path)
    chains = [chain for text in _texts(parsed) if (chain := _chain(text))]
    named = [*_column(parsed, {"state", "status", "stage", "lifecycle state"}), *_items(parsed, _STATES)]
    for state in [*named, *(state for chain in chains for state in chain)]:
        if state.lower() not in {known.lower() for known in guide.states}:
            guide.states.append(state)
    guide.transitions = list(dict.fromkeys(f"{a} > {b}" for chain in chains for a, b in pairwise(chain)))
    fields = [*_column(parsed, {"field", "header field", "metadata field"}), *_items(parsed, _FIELDS)]
    guide.required_fields = list(dict.fromkeys(name.lower() for name in fields))[:12]
    if any(_LOWER_HYPHENS.search(text) for text in _texts(parsed)):
        guide.name_pattern = "[a-z0-9][a-z0-9.-]*[.]md"
    return guide


def _texts(parsed: Parsed) -> Iterator[str]:
    yield from (row[6] for row in parsed["passages"])
    yield from (line for row in parsed["code_blocks"] for line in (row[3] or "").splitlines())
    yield from (row[4] or "" for row in parsed["document_cells"])


def _chain(text: str) -> list[str]:
    """Return the states of `Draft → Review → Canonical`; nothing where it is another chain."""
    said = text.rpartition(":")[2] if text.count(":") == 1 else text
    parts = [part.strip(" .`*()") for part in _ARROW.split(said)]
    if len(parts) < 2 or len(parts) > 9 or not all(_STATE.fullmatch(part) for part in parts):
        return []
    known = {part.lower() for part in parts} & (CANONICAL | FINAL | {"draft", "proposed", "review", "in review"})
    return parts if known else []


def _column(parsed: Parsed, names: set[str]) -> list[str]:
    """Return the cells of a table's first column, where its head has one of these names."""
    return [
        cell.strip(" *`")
        for _, _, number, name, value in parsed["document_cells"]
        if number == 1
        and (name or "").strip().lower() in names
        and _STATE.fullmatch(cell := (value or "").strip(" *`"))
    ]


def _items(parsed: Parsed, heading: re.Pattern[str]) -> list[str]:
    """Return the terms that list items begin with, in sections whose heading fits."""
    lines = {row[0] for row in parsed["sections"] if heading.search(row[3]) and len(row[3]) < 60}
    found = []
    for _, _, _, kind, section_line, lead, text in parsed["passages"]:
        term = (lead or re.split(r"\s*[:–—(]|\s-\s", text)[0]).strip(" *`.")
        if kind == "item" and section_line in lines and _STATE.fullmatch(term) and len(term.split()) <= 3:
            found.append(term)
    return found
