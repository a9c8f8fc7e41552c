"""The handbook as it lies on disk: the files that may be records, and new files beside them.

Only `init` and `new` write into a repository, because the user asked for just that. Whatever is
there already is never written over, and no link is followed out of the repository.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from trueline.model.errors import UsageError
from trueline.model.record import Kind
from trueline.sources.records.claims import Claims
from trueline.sources.records.read import RecordsRead, read_records
from trueline.sources.trees.directory_tree import directory_tree
from trueline.sources.trees.tree import Tree
from trueline.sources.trees.working_tree import working_tree

from .looking import RECORD_SUFFIXES
from .workspace import Workspace

FOLDER = "handbook"
"""Where records go in a repository that holds more than records."""


@dataclass(frozen=True)
class Handbook:
    """The working tree or directory that holds the records."""

    name: str
    root: Path
    home: PurePosixPath
    """Where the settings file is, from the root: locations of kinds start there."""
    globs: Mapping[str, str]
    has_settings: bool
    tree: Tree

    @cached_property
    def files(self) -> tuple[tuple[str, bytes], ...]:
        """The files that may be records, with their content."""
        entries = [e for e in self.tree.entries() if e.kind == "file" and e.path.lower().endswith(RECORD_SUFFIXES)]
        return tuple((e.display_path, content) for e, content in self.tree.read(entries) if content is not None)

    def records(
        self, kinds: Mapping[str, Kind], added: Mapping[str, str], globs: Mapping[str, str] | None = None
    ) -> RecordsRead:
        """Return the records as they would be with the added files, by path."""
        with_added = [*self.files, *((path, content.encode()) for path, content in added.items())]
        return read_records(self.name, with_added, kinds, self.globs if globs is None else globs)

    def path_of(self, kind: Kind, id: str) -> str:
        """Return where a new record goes: where a glob expects its kind, else where the kind belongs."""
        for glob, name in reversed(list(self.globs.items())):
            folder, _, _ = glob.rpartition("/")
            path = f"{folder.strip('/')}/{id}.md"
            is_plain = folder.strip("/") and not set("*?[]\\!") & set(folder)
            if name == kind.name and is_plain and Claims({glob: name}, {name: kind}).kind_of(path):
                return path
        place = PurePosixPath((kind.location or f"{kind.table}/{{id}}.md").replace("{id}", id))
        inner = self.home / FOLDER
        return str((inner if (self.root / inner).is_dir() else self.home) / place)


def handbook_of(workspace: Workspace) -> Handbook:
    """Return the handbook of the directory asked for. Raises UsageError for a bare repository."""
    first, settings = workspace.targets[0], workspace.settings
    if first.git is not None and first.git.work_tree is None:
        raise UsageError(f"{first.path} is a bare repository", fix="Write in a working tree of it.")
    inside = settings.file is not None and settings.root.resolve().is_relative_to(first.path)
    return Handbook(
        name="".join(c if c.isprintable() else "?" for c in first.name),  # of a folder it may be any bytes
        root=first.path,
        home=PurePosixPath(settings.root.resolve().relative_to(first.path).as_posix() if inside else "."),
        globs=settings.records if inside else {},
        has_settings=inside,
        tree=working_tree(first.git) if first.git is not None else directory_tree(first.path),
    )


def is_taken(root: Path, path: str) -> bool:
    """Say whether something is at that path, even a link to nowhere."""
    return os.path.lexists(root / path)


def write_new(root: Path, files: Mapping[str, str]) -> None:
    """Write new files: all of them or none. Raises UsageError.

    Each is linked into place, which fails where another process was faster and made the same file.
    """
    made: list[Path] = []
    try:
        for path, content in files.items():
            target = root / path
            _make_folder(root, PurePosixPath(path).parent)
            with _written_beside(target, content) as temporary:
                os.link(temporary, target)
            made.append(target)
    except OSError as error:
        for target in made:
            target.unlink(missing_ok=True)
        reason = "it is there already" if isinstance(error, FileExistsError) else (error.strerror or str(error)).lower()
        raise UsageError(f"{path} cannot be written: {reason}", fix="Nothing was written.") from error


@contextmanager
def _written_beside(target: Path, content: str) -> Iterator[str]:
    """Lend a temporary file with the content in the folder of its target."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".trueline-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
        Path(name).chmod(0o644)
        yield name
    finally:
        Path(name).unlink(missing_ok=True)


def _make_folder(root: Path, folder: PurePosixPath) -> None:
    for place in _downwards(folder):
        if (root / place).is_symlink():
            raise OSError(0, f"{place} is a link")
        if is_taken(root, str(place)) and not (root / place).is_dir():
            raise OSError(0, f"{place} is no folder")
        (root / place).mkdir(exist_ok=True)


def _downwards(folder: PurePosixPath) -> Iterator[PurePosixPath]:
    return (place for place in reversed([folder, *folder.parents]) if place.parts)
