"""A tree: the files of a commit, of a working tree or of a plain directory, told and read alike.

Makers: `commit_tree`, `working_tree` and `directory_tree` in the modules beside this one.
Content is known by its computed object id, so equal content is equal wherever it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from trueline.model.errors import Problem
from trueline.model.table import Row
from trueline.sources.git import display_path

MAX_READ_BYTES = 5_000_000
"""Larger content is not loaded unless asked for: text analyses have no use for it."""

EntryKind = Literal["file", "link", "submodule"]


@dataclass(frozen=True)
class Entry:
    """One file, symbolic link or submodule."""

    path: bytes
    """From the root of the tree, with slashes."""
    blob_id: str
    """Object id of the content (of a link: its target); a commit id for a submodule; all zeros where it cannot be read."""
    kind: EntryKind = "file"
    is_executable: bool = False
    size_bytes: int | None = None
    """None where the content is missing, and for a submodule."""
    is_on_disk: bool = False
    """True where the content is read from the file itself, not from git's object database."""

    @property
    def display_path(self) -> str:
        """The path as text, as every table has it."""
        return display_path(self.path)


class Tree(Protocol):
    """The files of one moment."""

    @property
    def problems(self) -> list[Problem]:
        """What could not be listed or read so far, one problem each; never fatal."""
        ...

    def entries(self) -> list[Entry]:
        """Return every entry, ordered by the bytes of its path."""
        ...

    def read(self, entries: Iterable[Entry], max_bytes: int = MAX_READ_BYTES) -> Iterator[tuple[Entry, bytes | None]]:
        """Yield each entry with its content, in the order given.

        None stands for a submodule, for content that is missing, damaged or larger than
        `max_bytes`, and for a file that is no longer what was listed: content always has the
        object id that its entry says.
        """
        ...


def rows_of_files(repository: str, tree: Tree) -> Iterator[Row]:
    """Yield the rows of table `files`."""
    for entry in tree.entries():
        yield repository, entry.display_path, entry.blob_id, entry.kind, entry.is_executable, entry.size_bytes
