"""Read a lifecycle guide: the document in which an organisation says how its documents live.

It is told by what it lists, not by its name or place: states that documents stand in, header fields that they
fill. It is prose, so what is found is a proposal to be read by somebody, never a rule by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .classes import key_of, loaded
from .contradictions import FEWEST_FIELDS, Chain, Contradiction, Said, contradictions
from .states import chain, enumerated, state_in, usual_states, words
from .terms import Parsed, Term, TermList, term_lists

_OPTIONAL = re.compile(
    r"\boptional\b|\bonly (?:needed|required|used|when|if|for)\b|\bif (?:any|applicable|known)\b|\b(?:not|un)required\b"
    r"|\bmay be (?:left out|omitted)\b|\bwhere applicable\b|\b(?:when|if) (?:there is|superseded|replaced)\b",
    re.IGNORECASE,
)
_FIELDS = re.compile(r"\b(?:headers?|metadata|front ?matter|preamble|fields?)\b", re.IGNORECASE)
_STATES = re.compile(r"\b(?:states?|status(?:es)?|lifecycle|life cycle|stages?|maturity)\b", re.IGNORECASE)
ABOUT_STATES = re.compile(r"\b(?:state|status|date|version)\b", re.IGNORECASE)
_LOWER_HYPHENS = re.compile(r"kebab[- ]case|lower ?case[^.]{0,30}(?:hyphen|dash)", re.IGNORECASE)
_SAYS_NO = frozenset({"no", "optional", "n", "false"})
_SAYS_YES = frozenset({"yes", "y", "true", "x", "✓", "✔", "✅"})
_AFTER = frozenset(
    {"to", "next", "next state", "next states", "moves to", "transitions", "transitions to", "may become"}
)
_TERMINAL = frozenset({"terminal", "terminal?", "is terminal", "end state", "final state"})


@dataclass
class Guide:
    """What a lifecycle guide says."""

    path: str
    states: list[str] = field(default_factory=list)
    meanings: dict[str, str] = field(default_factory=dict)
    """What it says of each state, by its name in lower case."""
    transitions: list[str] = field(default_factory=list)
    field_lists: list[tuple[list[str], list[str]]] = field(default_factory=list)
    """For each list of header fields: those required, those optional."""
    name_pattern: str | None = None
    contradictions: list[Contradiction] = field(default_factory=list)

    def required_fields(self, in_use: Iterable[str]) -> list[str]:
        """Return the fields that the list with most of those in use requires; none where no list has three of them."""
        used = set(in_use)
        fitting = [(len(used & {*required, *optional}), required) for required, optional in self.field_lists]
        shared, required = max(fitting, key=lambda one: one[0], default=(0, []))
        return required if shared >= min(FEWEST_FIELDS, max(1, len(used))) else []


def guides(documents: Iterable[tuple[str, Parsed]]) -> Iterator[Guide]:
    """Yield every document that says which states there are."""
    for path, parsed in documents:
        if (guide := read_guide(path, parsed)).states:
            yield guide


def guide_for(states: Iterable[str], known: Iterable[Guide]) -> Guide | None:
    """Return the guide that names most of the states in use: two at least, and half of them."""
    used = {state.lower() for state in states}

    def shared(guide: Guide) -> int:
        return len(used & {state.lower() for state in guide.states})

    fitting = [one for one in known if shared(one) >= max(min(2, len(used)), len(used) / 2)]
    return max(fitting, key=lambda one: (shared(one), len(one.meanings), -len(one.path)), default=None)


def read_guide(path: str, parsed: Parsed) -> Guide:
    """Return what one document says of states, transitions, header fields and names."""
    guide = Guide(path)
    lists = list(term_lists(parsed))
    chains = [Chain(line, tuple(found)) for line, text in _texts(parsed) if (found := chain(text))]
    chains += _tabled(parsed)
    defined = [one for one in lists if _lists_states(one)]
    offered = list(dict.fromkeys(tuple(found) for found in _offered(parsed, lists)))
    if not (defined or offered or any(len(one.states) > 2 for one in chains)):
        return guide
    guide.states = _states(defined, offered, [one.states for one in chains])
    guide.meanings = {term.name.lower(): term.said for one in reversed(defined) for term in one.terms}
    guide.transitions = list(dict.fromkeys(f"{a} > {b}" for one in chains for a, b in pairwise(one.states)))
    by_choice = {row[2] for row in parsed["document_fields"] if _OPTIONAL.search(row[3] or "")}
    guide.field_lists = [_fields(one, by_choice) for one in lists if one not in defined]
    if any(_LOWER_HYPHENS.search(text) for _, text in _texts(parsed)):
        guide.name_pattern = "[a-z0-9][a-z0-9.-]*[.]md"
    own = {row[0] for row in parsed["document_fields"]}
    # Its own header fills the fields, and asks for none.
    asked = [_fields(one) for one in lists if one not in defined and not own & {term.line for term in one.terms}]
    said = Said(guide.states, defined, offered, chains, frozenset(_ends(parsed)), asked)
    guide.contradictions = list(contradictions(said))
    return guide


def _lists_states(one: TermList) -> bool:
    """Return True for a list most of whose terms are known as states, or two are and its heading says so."""
    names = [name.lower() for name in one.names()]
    known = sum(name in usual_states() for name in names)
    return known >= 2 and ((known >= 3 and known >= len(names) / 2) or bool(_STATES.search(one.heading)))


def _offered(parsed: Parsed, lists: Sequence[TermList]) -> Iterator[list[str]]:
    """Yield the states that a definition of the status field, or the header of a template, offers."""
    status = set(loaded("fields.yaml")["status"])
    said = [(term.name, term.said) for one in lists for term in one.terms]
    said += [(row[2], row[3] or "") for row in parsed["document_fields"]]
    for name, text in said:
        if key_of(name) in status and (found := enumerated(re.sub(r"^\s*[:–—-]\s*", "", text))):
            yield found


def _states(
    defined: Sequence[TermList], offered: Sequence[Sequence[str]], chains: Sequence[Sequence[str]]
) -> list[str]:
    """Return the states: those that the status field offers, else those that are defined and those of the chains."""
    named = [*offered] or [*([term.name for term in one.terms] for one in defined), *chains]
    states: dict[str, str] = {}
    for name in (name for one in named for name in one):
        if state_in(name) and name.lower() not in words()["no_state"] and not ABOUT_STATES.search(name):
            states.setdefault(name.lower(), name)
    return list(states.values())


def _fields(one: TermList, by_choice: Collection[str] = ()) -> tuple[list[str], list[str]]:
    """Return the names of a list as header fields: required and optional, as are those that a template's header calls so."""
    required: list[str] = []
    optional: list[str] = []
    for term in one.terms:
        name = key_of(term.name)
        if name and name not in (*required, *optional):
            (optional if name in by_choice or _is_optional(term, one.heading) else required).append(name)
    return required, optional


def _is_optional(term: Term, heading: str) -> bool:
    answers = {part.strip().lower() for part in term.said.split("|")}
    is_optional_list = "optional" in heading.lower() and _FIELDS.search(heading)
    return bool(term.is_set_apart or is_optional_list or _OPTIONAL.search(term.said) or answers & _SAYS_NO)


def _texts(parsed: Parsed) -> Iterator[tuple[int, str]]:
    yield from ((row[0], row[6]) for row in parsed["passages"])
    yield from (place for row in parsed["code_blocks"] for place in enumerate((row[3] or "").splitlines(), row[0] + 1))
    yield from ((row[0], row[4] or "") for row in parsed["document_cells"])


def _tabled(parsed: Parsed) -> Iterator[Chain]:
    """Yield the pairs of tables with the columns `From` and `To`, or `State` and `Next`."""
    for line, cells in _rows(parsed).items():
        before = state_in(next((cells[name] for name in ("from", "state", "status") if name in cells), ""))
        for name in _AFTER & cells.keys():
            for after in filter(None, map(state_in, re.split(r"\s*(?:,|;|/|<br>|\bor\b)\s*", cells[name]))):
                if before and {before.lower(), after.lower()} & usual_states():
                    yield Chain(line, (before, after))


def _ends(parsed: Parsed) -> Iterator[str]:
    """Yield the states, in lower case, that a table calls terminal in a column of that name."""
    for cells in _rows(parsed).values():
        state = state_in(next((cells[name] for name in ("state", "status") if name in cells), ""))
        if state and any(cells[name].strip(" *`.").lower() in _SAYS_YES for name in _TERMINAL & cells.keys()):
            yield state.lower()


def _rows(parsed: Parsed) -> Mapping[int, dict[str, str]]:
    """Return the rows of all tables by line: column in lower case -> cell."""
    rows: dict[int, dict[str, str]] = {}
    for line, _, _, name, value in parsed["document_cells"]:
        rows.setdefault(line, {})[(name or "").strip().lower()] = (value or "").strip()
    return rows
