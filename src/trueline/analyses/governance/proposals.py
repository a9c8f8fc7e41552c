"""Propose document classes from the headers that documents have, and from the lifecycle guide where there is one.

A folder whose documents share header fields is a class; what nearly all of them fill is required, and the states
in use are its states. Nothing is proposed for what only a few documents do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from .classes import loaded
from .guide import CANONICAL, FINAL, Guide, Parsed, guides

FEWEST = 3
"""Documents of a folder; fewer show no habit."""
NEARLY_ALL = 0.9
INDEX_NAMES = ("README.md", "index.md", "INDEX.md", "_index.md")
_ASIDE = re.compile(r"(?:^|/)(?:readme|index|_index|template|changelog|toc|summary)[^/]*[.]md$", re.IGNORECASE)
_SEMVER = re.compile(r"v?\d+\.\d+(\.\d+)?([-+][\w.-]+)?")
_PATTERNS = (
    ("[0-9]{2,6}[-_].*[.]md", re.compile(r"[0-9]{2,6}[-_].*[.]md")),
    ("[a-z0-9][a-z0-9.-]*[.]md", re.compile(r"[a-z0-9][a-z0-9.-]*[.]md")),
)


@dataclass(frozen=True)
class ProposedClass:
    """A class that could be declared."""

    id: str
    values: Mapping[str, Any]
    why: str


@dataclass
class _Folder:
    path: str
    documents: list[tuple[str, Parsed]] = field(default_factory=list)


def propose_classes(documents: Iterable[tuple[str, Parsed]]) -> list[ProposedClass]:
    """Return the classes that the documents of a repository suggest, those of the fullest folders first."""
    documents = list(documents)
    guide = next(guides(documents), None)
    folders: dict[str, _Folder] = defaultdict(lambda: _Folder(""))
    for path, parsed in documents:
        home = str(PurePosixPath(path).parent)
        folders.setdefault(home, _Folder(home)).documents.append((path, parsed))
    proposals: dict[str, ProposedClass] = {}
    # Of two folders that would give one class, the fuller shows the habit.
    for home in sorted(folders, key=lambda home: (-len(folders[home].documents), home)):
        if home != "." and (found := _proposal(folders[home], guide)) is not None and found.id not in proposals:
            proposals[found.id] = found
    return list(proposals.values())


def _proposal(folder: _Folder, guide: Guide | None) -> ProposedClass | None:
    own = [(path, parsed) for path, parsed in folder.documents if not _ASIDE.search(path)]
    headers = [{row[2]: row[3] for row in parsed["document_fields"]} for _, parsed in own]
    with_header = [header for header in headers if header]
    names = loaded("fields.yaml")
    if len(own) < FEWEST or len(with_header) < FEWEST or len(with_header) < len(own) / 2:
        return None
    counts = Counter(name for header in with_header for name, value in header.items() if value)
    states = Counter(_state(header, names["status"]) for header in with_header)
    states.pop("", None)
    if not states:
        return None
    required = [name for name, count in counts.most_common() if count >= NEARLY_ALL * len(own)]
    listed = [state for state, count in states.most_common() if count > 1 or len(states) <= 6]
    values = {
        "title": folder.path.rpartition("/")[2].replace("-", " ").capitalize(),
        "paths": [f"/{folder.path}/*.md"],
        "required_fields": required or None,
        "name_pattern": (guide and guide.name_pattern) or _name_pattern([PurePosixPath(path).name for path, _ in own]),
        "version_form": _version_form(with_header, names["version"]),
        "index": _index(folder, own),
        **_lifecycle(listed, guide),
    }
    why = f"{len(with_header)} of {len(own)} documents in {folder.path} have a header" + (
        f"; {guide.path} says how they live" if guide else ""
    )
    id = re.sub(r"[^a-z0-9]+", "-", folder.path.rpartition("/")[2].lower()).strip("-").removesuffix("s")
    return ProposedClass(id or "document", {name: value for name, value in values.items() if value}, why)


def _lifecycle(in_use: Sequence[str], guide: Guide | None) -> dict[str, Any]:
    """Return states and what they mean: the guide's, where one says them, else those in use."""
    states = guide.states if guide and {s.lower() for s in in_use} & {s.lower() for s in guide.states} else list(in_use)
    return {
        "states": states,
        "canonical_states": [state for state in states if state.lower() in CANONICAL],
        "final_states": [state for state in states if state.lower() in FINAL],
        "transitions": guide.transitions if guide and states == guide.states else None,
    }


def _state(header: Mapping[str, str | None], names: Sequence[str]) -> str:
    """Return the first words of a state, without what follows in brackets or after a comma."""
    written = next((header[name] for name in names if header.get(name)), "") or ""
    return re.split(r"[,;(—–\[]|\s-\s|\bby\b", written)[0].strip(" *_`.")[:30].capitalize()


def _version_form(headers: Sequence[Mapping[str, str | None]], names: Sequence[str]) -> str | None:
    """Return how all versions are written; None where that differs, or where there are too few."""
    written = [
        value.strip() for header in headers if (value := next((header[n] for n in names if header.get(n)), None))
    ]
    forms = (("semver", _SEMVER), ("number", re.compile(r"v?\d{1,4}")), ("date", re.compile(r"\d{4}-\d{2}(-\d{2})?")))
    fits = (form for form, pattern in forms if all(pattern.fullmatch(one) for one in written))
    return next(fits, None) if len(written) >= FEWEST else None


def _name_pattern(names: Sequence[str]) -> str | None:
    return next((text for text, pattern in _PATTERNS if all(pattern.fullmatch(name) for name in names)), None)


def _index(folder: _Folder, own: Sequence[tuple[str, Parsed]]) -> str | None:
    """Return the document of the folder that links at least half of the others."""
    files = {PurePosixPath(path).name for path, _ in own}
    for path, parsed in folder.documents:
        if PurePosixPath(path).name in INDEX_NAMES:
            targets = {PurePosixPath(row[3].partition("#")[0]).name for row in parsed["links"]}
            if len(files & targets) >= len(files) / 2:
                return path
    return None
