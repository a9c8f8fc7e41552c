"""Propose the smallest useful handbook from what is in a repository, and write it where that is wanted.

What can be seen is filled in, what cannot is left as a commented line: the stage of a service and
who leads a team are the user's to say. Teams come from CODEOWNERS; a person never becomes a record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from trueline.analyses.code_owners.usage import assign
from trueline.analyses.governance.proposals import propose_classes
from trueline.analyses.services.proposals import PLAIN, service_folders
from trueline.model.errors import BadInput
from trueline.settings.discovery import FILE
from trueline.sources.records.claims import Claims
from trueline.sources.records.template import new_record
from trueline.sources.trees.codeowners import OwnersLine, owner_kind, read_codeowners
from trueline.sources.trees.documents import is_document, parse_document
from trueline.sources.trees.tree import Tree

from .definitions import Definitions
from .handbook import FOLDER, Handbook, handbook_of, is_taken, write_new
from .new import slug
from .workspace import Workspace

HEAD = "head-of-engineering"
MOST_SERVICES = 5
MOST_TEAMS = 20

_DECISION_FOLDERS = frozenset({"adr", "adrs", "decisions", "rfc", "rfcs"})
_NUMBERED = re.compile(r"[0-9]{1,6}[-_].+\.(?:md|markdown)", re.IGNORECASE)


@dataclass(frozen=True)
class ProposedFile:
    """One file of the proposal."""

    path: str
    """From the root, with slashes."""
    content: str
    why: str
    """What of the repository it comes from."""
    is_there: bool = False
    """Then it is left as it is."""


@dataclass(frozen=True)
class Proposal:
    """A handbook that could be written."""

    root: Path
    files: tuple[ProposedFile, ...]
    notes: tuple[str, ...]
    """What was seen and not proposed, and why."""

    @property
    def new(self) -> tuple[ProposedFile, ...]:
        return tuple(file for file in self.files if not file.is_there)


def propose(workspace: Workspace, definitions: Definitions) -> Proposal:
    """Return what would be written. Raises UsageError for a bare repository, BadInput where it would not be read."""
    handbook = handbook_of(workspace)
    notes: list[str] = []
    globs, lines = _decision_globs(handbook, definitions)
    owners = _owners_lines(handbook.tree)
    teams = _teams(owners, notes)
    wanted = [
        (FILE, _settings_text(handbook.name, lines), "the settings" + (" with decision records" if lines else "")),
        *_records(handbook, definitions, teams, owners, notes),
    ]
    if handbook.has_settings and workspace.settings.file is not None:
        notes += [
            f"[records] of {workspace.settings.file.name} could say {json.dumps(g)} = {json.dumps(k)}"
            for g, k in globs.items()
        ]
        if workspace.settings.file.name != FILE:
            notes.append(f"{workspace.settings.file.name} holds the settings, so no {FILE} is proposed")
            wanted = wanted[1:]
    files = tuple(ProposedFile(p, content, why, is_taken(handbook.root, p)) for p, content, why in wanted)
    proposal = Proposal(handbook.root, files, tuple(notes))
    _check(proposal, handbook, definitions, globs)
    return proposal


def write(proposal: Proposal) -> None:
    """Write the files that are not there: all of them or none. Raises UsageError."""
    write_new(proposal.root, {file.path: file.content for file in proposal.new})


def _check(proposal: Proposal, handbook: Handbook, definitions: Definitions, globs: Mapping[str, str]) -> None:
    """Read the proposal as a scan would; a proposal that has problems is a defect, and is not made."""
    added = {file.path: file.content for file in proposal.new if file.path != FILE}
    problems = handbook.records(definitions.kinds, added, {**globs, **handbook.globs}).problems
    if ours := [problem for problem in problems if problem.path in added]:
        raise BadInput(ours)


def _settings_text(name: str, globs: Sequence[str]) -> str:
    head = [
        "# What Trueline needs to know here; `trueline doctor` shows every setting and where it comes from.",
        "schema = 1",
        f"name = {json.dumps(name, ensure_ascii=False)}",
        "",
        "# A file whose header says `kind:` is a record. A glob gives a kind to files that do not say it.",
        "[records]",
    ]
    return "\n".join([*head, *(globs or ['# "docs/decisions/*.md" = "decision"'])]) + "\n"


def _decision_globs(handbook: Handbook, definitions: Definitions) -> tuple[dict[str, str], list[str]]:
    """Return the globs of decision records that can be read as such, and the lines for the settings file."""
    folders: dict[str, int] = {}
    claims = Claims(handbook.globs, definitions.kinds)
    for path, _ in handbook.files:
        place = PurePosixPath(path)
        if (
            claims.kind_of(path) is None
            and place.parent.name.lower() in _DECISION_FOLDERS
            and _NUMBERED.fullmatch(place.name)
        ):
            folders[str(place.parent)] = folders.get(str(place.parent), 0) + 1
    globs: dict[str, str] = {}
    lines: list[str] = []
    for folder, count in sorted(folders.items()):
        if not PLAIN.fullmatch(folder):
            continue
        glob = f"{folder}/[0-9]*.md"
        read = handbook.records(definitions.kinds, {}, {glob: "decision"})
        wrong = [problem for problem in read.problems if problem.path.startswith(folder + "/")]
        line = f'"{glob}" = "decision"'
        if wrong:
            bad = len({problem.path for problem in wrong})
            lines.append(f"# {bad} of {count} files in {folder} lack what a decision needs, such as title: and status:")
            line = f"# {line}"
        else:
            globs[glob] = "decision"
        lines.append(line)
    return globs, lines


def _owners_lines(tree: Tree) -> list[OwnersLine]:
    file = read_codeowners(tree)
    return [line for line in file.lines if line.problem is None] if file else []


def _teams(lines: Sequence[OwnersLine], notes: list[str]) -> dict[str, str]:
    """Return team handle -> id, in the order of CODEOWNERS."""
    handles = [owner for line in lines for owner in line.owners if owner_kind(owner) == "team"]
    teams: dict[str, str] = {}
    for handle in handles:
        id = slug(handle.rpartition("/")[2])
        if handle not in teams and id:
            teams[handle] = slug(handle) if id in teams.values() else id
    if len(teams) > MOST_TEAMS:
        notes.append(f"CODEOWNERS names {len(teams)} teams; the first {MOST_TEAMS} are proposed")
    return dict(list(teams.items())[:MOST_TEAMS])


def _records(
    handbook: Handbook,
    definitions: Definitions,
    teams: Mapping[str, str],
    owners: Sequence[OwnersLine],
    notes: list[str],
) -> Iterator[tuple[str, str, str]]:
    """Yield path, content and reason of each record; one whose id is a record's elsewhere is left out."""
    known = handbook.records(definitions.kinds, {})
    wanted: list[tuple[str, str, Mapping[str, str], str]] = [
        ("charter", HEAD, {"title": "Head of engineering", "status": "draft"}, "the role that answers for it all")
    ]
    wanted += [
        ("team", id, {"title": _words(id), "handle": handle}, f"{handle} in CODEOWNERS") for handle, id in teams.items()
    ]
    wanted += _services(handbook, teams, owners, notes)
    wanted += _classes(handbook)
    for kind, id, values, why in wanted:
        path = f"{FOLDER}/{definitions.kinds[kind].location.replace('{id}', id)}"
        if id in known.ids[kind] and not is_taken(handbook.root, path):
            notes.append(f"{kind} {id} is a record already")
        else:
            yield path, new_record(definitions.kinds[kind], id, values), why


def _services(
    handbook: Handbook, teams: Mapping[str, str], owners: Sequence[OwnersLine], notes: list[str]
) -> list[tuple[str, str, dict[str, str], str]]:
    paths = [e.display_path for e in handbook.tree.entries() if e.kind == "file"]
    marks = service_folders(paths)
    if len(marks) > MOST_SERVICES:
        notes.append(f"{len(marks)} folders could be services; {MOST_SERVICES} are proposed")
    deciding, _ = assign(paths, owners)
    proposed: dict[str, tuple[str, str, dict[str, str], str]] = {}
    for folder, mark in list(marks.items())[:MOST_SERVICES]:
        inside = f"{folder}/" if folder else ""
        title = PurePosixPath(folder).name if folder else handbook.name.rpartition("/")[2]
        id = slug(title) if slug(title) not in proposed else slug(folder)
        lines = {line for path, line in zip(paths, deciding, strict=True) if line and path.startswith(inside)}
        named = {owner for line in lines for owner in line.owners if owner in teams}
        values = {"title": title, "code_repository": handbook.name, "paths": f"{inside}**"}
        if len(named) == 1:
            values["team"] = teams[named.pop()]
        if id:
            proposed[id] = ("service", id, values, f"{inside}{mark}; delete it if nothing of it runs for others")
    return list(proposed.values())


def _classes(handbook: Handbook) -> list[tuple[str, str, Mapping[str, str], str]]:
    """Return the document classes that the headers of documents, and a lifecycle guide, suggest."""
    documents = ((path, parse_document(content).rows) for path, content in handbook.files if is_document(path.encode()))
    return [
        ("document_class", one.id, {name: _joined(value) for name, value in one.values.items()}, one.why)
        for one in propose_classes(documents)
    ]


def _joined(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _words(id: str) -> str:
    words = id.replace("-", " ")
    return words[:1].upper() + words[1:]
