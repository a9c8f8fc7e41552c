"""The tree of a commit, read from git's object database alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from trueline.model.errors import GitRefused, Problem
from trueline.sources.git import Git, display_path

from .blobs import blob_sizes, read_blobs
from .tree import MAX_READ_BYTES, Entry, EntryKind

_CHUNK_ENTRIES = 10_000
_KINDS: dict[str, EntryKind] = {"120000": "link", "160000": "submodule"}


@dataclass
class CommitTree:
    """The files of a commit; see `Tree`."""

    git: Git
    commit_id: str
    problems: list[Problem] = field(default_factory=list)

    def entries(self) -> list[Entry]:
        """Return every entry. Raises GitRefused where the commit or one of its directories is missing."""
        return self._entries

    @cached_property
    def _entries(self) -> list[Entry]:
        printed = self.git.output("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", self.commit_id)
        listed = [_parsed(record) for record in printed.split(b"\0") if record]
        sizes = blob_sizes(self.git, [blob for _, blob, kind, _ in listed if kind != "submodule"], self.commit_id)
        entries = [
            Entry(path, blob, kind, mode == "100755", sizes.get(blob) if kind != "submodule" else None)
            for mode, blob, kind, path in listed
        ]
        self.problems.extend(missing_content(entries))
        return sorted(entries, key=lambda entry: entry.path)

    def read(self, entries: Iterable[Entry], max_bytes: int = MAX_READ_BYTES) -> Iterator[tuple[Entry, bytes | None]]:
        """Yield each entry with its content; see `Tree.read`."""
        remaining = iter(entries)
        while chunk := list(islice(remaining, _CHUNK_ENTRIES)):
            yield from read_from_git(self.git, chunk, max_bytes)


def commit_tree(git: Git, commit_id: str) -> CommitTree:
    """Return the tree of a commit (or of anything that names one)."""
    return CommitTree(git, commit_id)


def read_from_git(git: Git, entries: list[Entry], max_bytes: int) -> Iterator[tuple[Entry, bytes | None]]:
    """Yield each entry with its content from the object database; None as `Tree.read` says."""
    loaded = [entry for entry in entries if entry.size_bytes is not None and entry.size_bytes <= max_bytes]
    contents = read_blobs(git, [entry.blob_id for entry in loaded])
    for entry in entries:
        if entry.size_bytes is None or entry.size_bytes > max_bytes:
            yield entry, None
        else:
            yield entry, next(contents)


def missing_content(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield a problem for each entry whose content this copy of the repository does not have."""
    for entry in entries:
        if entry.size_bytes is None and entry.kind != "submodule" and not entry.is_on_disk:
            fix = "Fetch it, or make a full clone"
            yield Problem(
                display_path(entry.path), 0, 0, "its content is missing from this copy", fix, "missing_content"
            )


def _parsed(record: bytes) -> tuple[str, str, EntryKind, bytes]:
    head, tab, path = record.partition(b"\t")
    parts = head.decode("ascii", "replace").split(" ")
    if not tab or len(parts) != 3:
        raise GitRefused("git ls-tree printed a line that is not understood")
    return parts[0], parts[2], _KINDS.get(parts[0], "file"), path
