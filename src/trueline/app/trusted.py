"""Where the rules of the gate come from: a handbook that the change cannot reach, else the base.

Settings and practice folders are copied out of that tree into a folder of the cache; only plain files are,
under names that stay inside it. Records are read from the tree itself. Nothing of the head is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from trueline.model.errors import UsageError
from trueline.model.record import Kind
from trueline.rules.parameters import Setting, by_rule
from trueline.rules.parameters import Settings as RuleSettings
from trueline.settings.discovery import FILE, load_settings
from trueline.settings.settings import Settings
from trueline.settings.trueline_toml import PYPROJECT, has_settings, read_settings
from trueline.sources.git import open_repository
from trueline.sources.git.mirror import update_mirror
from trueline.sources.records.read import RecordsRead
from trueline.sources.trees.commit_tree import commit_tree
from trueline.sources.trees.directory_tree import directory_tree
from trueline.sources.trees.tree import Entry, Tree

from .definitions import Definitions, load_definitions
from .looking import Looked, TreeReading
from .sides import Side, commit_of
from .workspace import Target, Workspace, mirror_of

MAX_FILES = 5_000
"""More files in the practice folders of one tree are no practices."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|[\w.-]+@[\w.-]+:\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Trusted:
    """Settings, definitions and records that judge a change."""

    source: str
    """For people: `the base 1a2b3c4`, `handbook at 1a2b3c4`."""
    settings: Settings
    definitions: Definitions
    side: Side
    is_base: bool
    workspace: Workspace
    """As the caller's, with these settings."""

    @property
    def target(self) -> Target:
        """The first target as trees of it are read: where the settings lie among its files."""
        return replace(self.workspace.targets[0], is_handbook=self.is_base)

    @cached_property
    def records(self) -> RecordsRead:
        """The records of the tree that the settings come from."""
        target = replace(self.target, is_handbook=True)
        looked = Looked(target, self.side.tree, self.side.commit_id, self.side.commit_id is not None)
        return TreeReading([looked], self.workspace, self.definitions).records[0][1]

    def rows_of(self, kind: str) -> list[dict[str, Any]]:
        """Return the records of a kind as dictionaries by column."""
        return rows_of(self.records, self.definitions.kinds, kind)

    @cached_property
    def rule_settings(self) -> RuleSettings:
        """The parameters of rules that records set."""
        rows = (
            (row["rule"], row["parameter"], Setting(row["value"], row["source_path"], row["source_line"]))
            for row in self.rows_of("rule_setting")
        )
        definitions = self.definitions
        return by_rule(rows, (*definitions.rules, *definitions.things))[0]


def rows_of(records: RecordsRead, kinds: Mapping[str, Kind], kind: str) -> list[dict[str, Any]]:
    """Return the records of a kind as dictionaries by column; none where no practice declares it."""
    if kind not in kinds:
        return []
    names = kinds[kind].as_table().column_names
    return [dict(zip(names, row, strict=True)) for row in records.rows[kinds[kind].table]]


def trust(
    workspace: Workspace,
    base: Side,
    handbook: str | None,
    folder: Path,
    here: Path,
    environ: Mapping[str, str],
) -> Trusted:
    """Return what judges the change: from the handbook where one is named, else from the base.

    `folder` is an empty directory of the cache that outlives the result. Raises UsageError, BadInput, GitRefused.
    """
    first = workspace.targets[0]
    side = base if handbook is None else _handbook_side(workspace, handbook, here, environ)
    inside = PurePosixPath() if handbook is not None else _start(first, here)
    copied = _settings_in(side.tree, inside, folder)
    if copied is None:
        outside = _outside(first) if handbook is None else None
        settings = outside or Settings(root=folder)
        source = f"{side.name} (no settings there)" if outside is None else "settings above the repository"
    else:
        settings = _with_practices(copied, side.tree, folder, first)
        source = side.name
    own = replace(first, path=folder.resolve(), name=settings.name or first.name, is_handbook=handbook is None)
    if first.name != own.name and settings.name is None:
        own = replace(own, name=first.name)
    judged = replace(workspace, settings=settings, targets=(own,), absent=())
    at = f" at {side.commit_id[:12]}" if side.commit_id else ""
    return Trusted(source + at, settings, load_definitions(settings), side, handbook is None, judged)


def _handbook_side(workspace: Workspace, handbook: str, here: Path, environ: Mapping[str, str]) -> Side:
    first = workspace.targets[0]
    if _ADDRESS.fullmatch(handbook):
        directory = mirror_of(handbook, workspace.mirrors)
        update_mirror(handbook, directory, environ)
        return _head_of(directory, "the handbook")
    if first.git is not None and (commit_id := commit_of(first.git, handbook)):
        return Side(f"the handbook {handbook}", commit_tree(first.git.git, commit_id), commit_id)
    directory = here / handbook
    if not directory.is_dir():
        raise UsageError(f"the handbook {handbook!r} is neither an address, a directory nor a commit")
    if first.path.resolve() in (directory.resolve(), *directory.resolve().parents):
        raise UsageError(
            f"the handbook {handbook!r} lies in the tree that is judged, so the change can edit it",
            fix="Name a commit of it, such as origin/main, or leave it out: then the base counts.",
        )
    if (directory / ".git").exists() or (directory / "HEAD").is_file():
        return _head_of(directory, "the handbook")
    return Side("the handbook directory", directory_tree(directory))


def _head_of(directory: Path, name: str) -> Side:
    repository = open_repository(directory)
    commit_id = commit_of(repository, "HEAD")
    if commit_id is None:
        raise UsageError(f"{name} has no commit yet", fix="Commit its settings, or leave it out.")
    return Side(name, commit_tree(repository.git, commit_id), commit_id)


def _start(first: Target, here: Path) -> PurePosixPath:
    """Return where the user stands, from the root of the tree: settings are looked for there and upwards."""
    place = here.resolve()
    return PurePosixPath(place.relative_to(first.path).as_posix() if place.is_relative_to(first.path) else ".")


def _settings_in(tree: Tree, inside: PurePosixPath, folder: Path) -> Settings | None:
    """Return the settings of the nearest file in a tree, copied into a folder; None where it has none."""
    files = {entry.path: entry for entry in tree.entries() if entry.kind == "file"}
    for place in (inside, *inside.parents):
        for name in (FILE, PYPROJECT):
            path = place / name
            entry = files.get(str(path).encode())
            content = next((content for _, content in tree.read([entry])), None) if entry else None
            if content is None or not has_settings(Path(name), content, str(path)):
                continue
            copy = folder / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
            return read_settings(copy, content, str(path))
    return None


def _with_practices(settings: Settings, tree: Tree, folder: Path, first: Target) -> Settings:
    """Return the settings with their practice folders copied; one outside the tree stays where it is."""
    found = []
    for path in settings.practices:
        place = _inside(path, folder)
        if place is None:
            # The settings say `../shared`: from where they really lie, beyond the reach of the change.
            home = first.path / settings.root.relative_to(folder)
            found.append((home / path.relative_to(settings.root)) if path.is_relative_to(settings.root) else path)
            continue
        _copy(tree, place, folder)
        found.append(folder / place)
    return replace(settings, practices=tuple(found))


def _inside(path: Path, folder: Path) -> PurePosixPath | None:
    """Return a path from the root of the tree, `..` resolved by name; None where it leaves the tree."""
    parts: list[str] = []
    try:
        relative = path.relative_to(folder)
    except ValueError:
        return None
    for part in relative.parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return PurePosixPath(*parts)


def _copy(tree: Tree, place: PurePosixPath, folder: Path) -> None:
    prefix = b"" if str(place) == "." else str(place).encode() + b"/"
    entries = [e for e in tree.entries() if e.kind == "file" and e.path.startswith(prefix) and is_harmless(e.path)]
    if len(entries) > MAX_FILES:
        raise UsageError(f"the practice folder {place} holds {len(entries):,} files", fix="Name a folder of its own.")
    for target, content in _contents(tree, entries, folder):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _contents(tree: Tree, entries: Sequence[Entry], folder: Path) -> Iterator[tuple[Path, bytes]]:
    for entry, content in tree.read(entries):
        if content is not None:
            yield folder / entry.path.decode("utf-8", "surrogateescape"), content


def is_harmless(path: bytes) -> bool:
    """Return True where a path of a tree stays inside the folder that it is copied to: trees can be made by hand."""
    return not path.startswith(b"/") and not {b"", b".", b".."} & set(path.split(b"/"))


def _outside(first: Target) -> Settings | None:
    """Return the settings of a file above the repository, such as an organisation's; None where there is none."""
    settings = load_settings(first.path.parent, {})
    return settings if settings.file is not None else None
