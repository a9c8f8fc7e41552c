"""The tree of a working tree as it is on disk: tracked files, and untracked ones that are not ignored.

git's index tells which files have not changed since it last looked, so only the others are
hashed. Nothing is written, no lock is taken, and no filter that the repository configures runs:
changed files count with their bytes as they are.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path

from trueline.model.errors import Problem
from trueline.sources.git import Repository, display_path

from .blobs import ObjectFormat, blob_sizes
from .commit_tree import missing_content, read_from_git
from .directory_tree import entry_on_disk, joined, read_on_disk
from .tree import MAX_READ_BYTES, Entry, EntryKind

_RECORD = re.compile(
    rb"(?P<mode>\d{6}) (?P<id>[0-9a-f]+) \d\t(?P<path>[^\0]+)\0"
    rb"(?:  ctime: (?P<ctime>\d+:\d+)\n  mtime: (?P<mtime>\d+:\d+)\n  dev: \d+\tino: (?P<inode>\d+)\n"
    rb"  uid: \d+\tgid: \d+\n  size: (?P<size>\d+)\tflags: (?P<flags>[0-9a-f]+)\n)?"
)
_NOT_CHECKED_OUT = 0x40000000
"""The flag of an index entry that a sparse checkout leaves out."""

_KINDS: dict[bytes, EntryKind] = {b"120000": "link", b"160000": "submodule"}


@dataclass
class WorkingTree:
    """The files of a working tree; see `Tree`."""

    repository: Repository
    root: Path
    object_format: ObjectFormat
    problems: list[Problem] = field(default_factory=list)
    _folders: dict[bytes, bool] = field(default_factory=lambda: {b"": True}, repr=False)

    def entries(self) -> list[Entry]:
        """Return every entry as it was at the first call."""
        return self._entries

    @cached_property
    def _entries(self) -> list[Entry]:
        tracked = list(self._tracked())
        in_git = [entry.blob_id for entry in tracked if not entry.is_on_disk and entry.kind != "submodule"]
        sizes = blob_sizes(self.repository.git, in_git, "HEAD")
        tracked = [
            entry
            if entry.is_on_disk or entry.kind == "submodule"
            else replace(entry, size_bytes=sizes.get(entry.blob_id))
            for entry in tracked
        ]
        self.problems.extend(missing_content(tracked))
        return sorted((*tracked, *self._untracked()), key=lambda entry: entry.path)

    def read(self, entries: Iterable[Entry], max_bytes: int = MAX_READ_BYTES) -> Iterator[tuple[Entry, bytes | None]]:
        """Yield each entry with its content; see `Tree.read`."""
        for is_on_disk, run in groupby(entries, key=lambda entry: entry.is_on_disk):
            if is_on_disk:
                yield from read_on_disk(os.fsencode(self.root), run, max_bytes, self.object_format)
            else:
                yield from read_from_git(self.repository.git, list(run), max_bytes)

    def _tracked(self) -> Iterator[Entry]:
        looked_at = self._index_written_at()
        printed = self._listed("ls-files", "-s", "-z", "--debug")
        seen: set[bytes] = set()
        for record in _RECORD.finditer(printed):
            path = record["path"]
            if path in seen:
                continue  # a conflict has up to three entries for one path
            seen.add(path)
            kind = _KINDS.get(record["mode"], "file")
            listed = Entry(path, record["id"].decode(), kind, record["mode"] == b"100755")
            if kind == "submodule" or (record["flags"] and int(record["flags"], 16) & _NOT_CHECKED_OUT):
                yield listed
            elif (status := self._status(path)) is None:
                continue  # deleted
            elif _is_unchanged(record, status, looked_at):
                yield listed
            elif entry := self._on_disk(path):
                yield entry

    def _untracked(self) -> Iterator[Entry]:
        for path in self._listed("ls-files", "-o", "--exclude-standard", "-z").split(b"\0"):
            if path.endswith(b"/"):
                message = "is a repository of its own inside this one; its files are left out"
                self.problems.append(Problem(display_path(path[:-1]), 0, 0, message, code="nested_repository"))
            elif path and (entry := self._on_disk(path)):
                yield entry

    def _on_disk(self, path: bytes) -> Entry | None:
        return entry_on_disk(os.fsencode(self.root), path, self.object_format, self.problems)

    def _status(self, path: bytes) -> os.stat_result | None:
        """Return what is on disk there; None where nothing is, or where a link stands for one of its folders."""
        folder = path.rpartition(b"/")[0]
        if folder not in self._folders:
            status = self._status(folder)
            self._folders[folder] = status is not None and stat.S_ISDIR(status.st_mode)
        if not self._folders[folder]:
            return None
        try:
            return os.lstat(joined(os.fsencode(self.root), path))
        except OSError:
            return None

    def _listed(self, *arguments: str) -> bytes:
        git = replace(self.repository.git, directory=self.root, git_dir=self.repository.git_dir)
        return git.output(*arguments, config=(f"core.worktree={self.root}",))

    def _index_written_at(self) -> int:
        try:
            return (self.repository.git_dir / "index").stat().st_mtime_ns
        except OSError:
            return 0


def working_tree(repository: Repository) -> WorkingTree:
    """Return the tree of a repository's working tree. Raises ValueError for a bare repository."""
    if repository.work_tree is None:
        raise ValueError("a bare repository has no working tree")
    printed = repository.git.output("rev-parse", "--show-object-format").strip()
    return WorkingTree(repository, repository.work_tree, "sha256" if printed == b"sha256" else "sha1")


def _is_unchanged(record: re.Match[bytes], status: os.stat_result, looked_at: int) -> bool:
    """Return True where the index vouches for the file: same type, size, inode and times, and older than the index."""
    if record["mtime"] is None or status.st_mtime_ns >= looked_at:
        return False
    is_link = stat.S_ISLNK(status.st_mode)
    if is_link != (record["mode"] == b"120000") or not (is_link or stat.S_ISREG(status.st_mode)):
        return False
    if not is_link and bool(status.st_mode & stat.S_IXUSR) != (record["mode"] == b"100755"):
        return False
    return (
        int(record["size"]) == status.st_size & 0xFFFFFFFF
        and int(record["inode"]) in (0, status.st_ino & 0xFFFFFFFF)
        and _is_same_time(record["mtime"], status.st_mtime_ns)
        and (record["ctime"] == b"0:0" or _is_same_time(record["ctime"], status.st_ctime_ns))
    )


def _is_same_time(known: bytes, now: int) -> bool:
    seconds, nanoseconds = map(int, known.split(b":"))
    return seconds == now // 10**9 & 0xFFFFFFFF and nanoseconds in (0, now % 10**9)
