"""Propose document classes from the headers that documents have, and from the lifecycle guide where there is one.

Documents that lie alike and say their state are a class. What the guide requires is required, else what nearly all of
them fill; the guide's states count, else those in use. Nothing is proposed for what only a few documents do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .classes import loaded
from .folders import FEWEST, Described, Folder, class_id, described, folders, name_pattern
from .guide import ABOUT_STATES, Guide, guide_for, guides
from .states import is_fixed, of_meaning, usual_states
from .terms import Parsed

NEARLY_ALL = 0.9
_SEMVER = re.compile(r"v?\d+\.\d+(\.\d+)?([-+][\w.-]+)?")


@dataclass(frozen=True)
class ProposedClass:
    """A class that could be declared."""

    id: str
    values: Mapping[str, Any]
    why: str


def propose_classes(documents: Iterable[tuple[str, Parsed]]) -> list[ProposedClass]:
    """Return the classes that the documents of a repository suggest, those of the fullest folders first."""
    documents = list(documents)
    known = list(guides(documents))
    proposals: dict[str, ProposedClass] = {}
    covered: list[str] = []
    found = folders(described(path, parsed) for path, parsed in documents)
    # Of two folders that would give one class, the fuller shows the habit.
    for folder in sorted(found, key=lambda one: (-len(one.own), one.path)):
        is_new = not any(_covers(pattern, folder.path) for pattern in covered)
        if is_new and (one := _proposal(folder, known)) is not None and one.id not in proposals:
            proposals[one.id] = one
            covered.append(folder.pattern)
    return list(proposals.values())


def _proposal(folder: Folder, known: Sequence[Guide]) -> ProposedClass | None:
    stating = [one for one in folder.own if one.says_state]
    states = Counter(one.state for one in stating if one.state)
    if len(stating) < FEWEST or len(stating) < len(folder.own) / 2 or not states:
        return None
    listed = _in_use(states)
    if sum(one.state in listed for one in stating) < len(stating) / 2:
        return None
    guide = guide_for(listed, known)
    headers = [one.header for one in folder.own if one.header]
    by_header = [header for header in headers if any(name in header for name in loaded("fields.yaml")["status"])]
    fields, is_guided = _required(folder, headers if len(by_header) >= len(stating) / 2 else [], guide)
    values = {
        "title": class_id(folder).replace("-", " ").capitalize(),
        "paths": [folder.pattern],
        "required_fields": fields,
        "name_pattern": (guide and guide.name_pattern) or name_pattern([one.name for one in folder.own]),
        "version_form": _version_form(headers, loaded("fields.yaml")["version"]),
        "index": folder.index,
        **_lifecycle(listed, guide),
    }
    why = _why(folder, stating, guide, fields if is_guided else [])
    return ProposedClass(class_id(folder), {name: value for name, value in values.items() if value}, why)


def _covers(pattern: str, path: str) -> bool:
    """Return True where a class of a whole tree speaks for a folder already."""
    return pattern.endswith("/**/*.md") and f"/{path}/".startswith(pattern.removesuffix("**/*.md"))


def _in_use(states: Counter[str]) -> list[str]:
    """Return the states that are no slip: usual ones, and others that two documents have, where those are few."""
    return [
        state
        for state, count in states.most_common()
        if state.lower() in usual_states() or (count > max(1, states.total() / 50) and not ABOUT_STATES.search(state))
    ]


def _required(folder: Folder, headers: Sequence[Mapping[str, str]], guide: Guide | None) -> tuple[list[str], bool]:
    """Return the fields that each must fill, and whether the guide says so."""
    counts = Counter(name for header in headers for name in header)
    habit = [name for name, count in counts.most_common() if count >= NEARLY_ALL * len(folder.own)]
    seen = [name for name, count in counts.items() if count >= len(headers) / 3]
    if guide and (said := guide.required_fields(seen)):
        # A field that nobody fills is what the guide calls something else.
        return [name for name in said if counts[name]], True
    return habit, False


def _lifecycle(in_use: Sequence[str], guide: Guide | None) -> dict[str, Any]:
    """Return states and what they mean: the guide's, where one says them, else those in use."""
    states = guide.states if guide else list(in_use)
    said = guide.meanings if guide else {}
    return {
        "states": states,
        "canonical_states": of_meaning(states, "canonical", said),
        "final_states": of_meaning(states, "final", said),
        "fixed_states": [state for state in states if is_fixed(said.get(state.lower(), ""))],
        "transitions": _whole(guide.transitions, states) if guide else None,
    }


def _whole(transitions: Sequence[str], states: Sequence[str]) -> list[str] | None:
    """Return the transitions where they join all states: a path that leaves some out is the usual one, not every one."""
    known = {state.lower() for state in states}
    named = [tuple(end.strip().lower() for end in one.split(">")) for one in transitions]
    kept = [one for one, ends in zip(transitions, named, strict=True) if known.issuperset(ends)]
    reached = {end for ends in named for end in ends if known.issuperset(ends)}
    return kept if reached == known else None


def _why(folder: Folder, stating: Sequence[Described], guide: Guide | None, guided: Sequence[str]) -> str:
    where = folder.path or "the root"
    why = f"{len(stating)} of {len(folder.own)} documents in {where} say their state"
    if guide is None:
        return why
    why += f"; {guide.path} says how they live"
    lacking = [(sum(name not in one.header for one in folder.own), name) for name in guided]
    if said := [f"{count} leave out {name}" for count, name in lacking if count]:
        why += f", though {', '.join(said)}"
    return why + "".join(f"; it {one.says}" for one in guide.contradictions[:3])


def _version_form(headers: Sequence[Mapping[str, str]], names: Sequence[str]) -> str | None:
    """Return how all versions are written; None where that differs, or where there are too few."""
    written = [
        value.strip() for header in headers if (value := next((header[n] for n in names if header.get(n)), None))
    ]
    forms = (("semver", _SEMVER), ("number", re.compile(r"v?\d{1,4}")), ("date", re.compile(r"\d{4}-\d{2}(-\d{2})?")))
    fits = (form for form, pattern in forms if all(pattern.fullmatch(one) for one in written))
    return next(fits, None) if len(written) >= max(FEWEST, len(headers) / 2) else None
