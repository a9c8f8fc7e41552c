"""The tree of a plain directory: every file below it, `.git` left out, without git."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from trueline.model.errors import Problem
from trueline.sources.git import display_path

from .blobs import ObjectFormat, blob_id, file_blob_id, null_id, read_file
from .tree import MAX_READ_BYTES, Entry


@dataclass
class DirectoryTree:
    """The files of a directory; see `Tree`."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def entries(self) -> list[Entry]:
        """Return every entry as it was at the first call."""
        return self._entries

    @cached_property
    def _entries(self) -> list[Entry]:
        root = os.fsencode(self.root)
        found = (entry_on_disk(root, path, "sha1", self.problems) for path in sorted(self._paths(root)))
        return [entry for entry in found if entry]

    def read(self, entries: Iterable[Entry], max_bytes: int = MAX_READ_BYTES) -> Iterator[tuple[Entry, bytes | None]]:
        """Yield each entry with its content; see `Tree.read`."""
        return read_on_disk(os.fsencode(self.root), entries, max_bytes, "sha1")

    def _paths(self, root: bytes) -> Iterator[bytes]:
        waiting = [b""]
        while waiting:
            folder = waiting.pop()
            try:
                listing = os.scandir(joined(root, folder))
            except OSError as error:
                message = f"cannot be listed: {error.strerror}; what is in it is left out"
                self.problems.append(Problem(display_path(folder) or ".", 0, 0, message, code="unreadable"))
                continue
            with listing:
                for item in listing:
                    path = joined(folder, item.name)
                    if item.name == b".git":
                        continue
                    if item.is_dir(follow_symlinks=False):
                        waiting.append(path)
                    else:
                        yield path


def directory_tree(root: Path) -> DirectoryTree:
    """Return the tree of a directory."""
    return DirectoryTree(root)


def joined(folder: bytes, name: bytes) -> bytes:
    """Return the path of a name in a folder; the empty folder is where paths begin."""
    return folder + b"/" + name if folder else name


def entry_on_disk(root: bytes, path: bytes, object_format: ObjectFormat, problems: list[Problem]) -> Entry | None:
    """Return the entry of one path, hashed; None for what is neither a file nor a link.

    A file that cannot be read has the null id, no size, and a problem.
    """
    place = joined(root, path)
    try:
        status = os.lstat(place)
        if stat.S_ISLNK(status.st_mode):
            target = os.readlink(place)  # noqa: PTH115 - pathlib has no paths of bytes
            return Entry(path, blob_id(target, object_format), "link", False, len(target), is_on_disk=True)
        if not stat.S_ISREG(status.st_mode):
            return None
        computed, size = file_blob_id(place, object_format)
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        problems.append(Problem(display_path(path), 0, 0, message, code="unreadable"))
        return Entry(path, null_id(object_format), is_on_disk=True)
    return Entry(path, computed, "file", bool(status.st_mode & stat.S_IXUSR), size, is_on_disk=True)


def read_on_disk(
    root: bytes, entries: Iterable[Entry], max_bytes: int, object_format: ObjectFormat
) -> Iterator[tuple[Entry, bytes | None]]:
    """Yield each entry with its content from disk; None where it is not what was listed any more."""
    for entry in entries:
        content: bytes | None = None
        if entry.size_bytes is not None and entry.size_bytes <= max_bytes and entry.kind != "submodule":
            content = _read(joined(root, entry.path), entry, max_bytes)
        is_same = content is not None and blob_id(content, object_format) == entry.blob_id
        yield entry, content if is_same else None


def _read(place: bytes, entry: Entry, max_bytes: int) -> bytes | None:
    if entry.kind == "file":
        return read_file(place, max_bytes)
    try:
        return os.readlink(place)  # noqa: PTH115 - pathlib has no paths of bytes
    except OSError:
        return None
