"""A git directory of our own that sees the contents of a repository and nothing else of it.

Attributes, configuration, index, replacements and grafts of the repository can change how lines
are counted; here there are none. Trees that put contents side by side are written to this
directory, never to the repository.
"""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from trueline.sources.git import Git, Repository, display_path

OLD_FILE, NEW_FILE, SUBMODULE = b"100644", b"100755", b"160000"
"""Two modes for files, because git passes over an entry that is the same on both sides."""

_SHA256_DIGITS = 64
_CONFIG = "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectFormat = {}\n"


class TreeEntry(NamedTuple):
    """One content in a tree."""

    mode: bytes
    name: bytes
    object_id: str


class ContentStore:
    """Contents of a repository, and trees of our own."""

    def __init__(self, folder: Path, objects: Path, digits: int) -> None:
        """Lay out a git directory in an empty folder; `digits` is the length of the repository's object ids."""
        self.git = Git(folder, folder)
        self._objects = folder / "objects"
        self._is_sha256 = digits == _SHA256_DIGITS
        (self._objects / "info").mkdir(parents=True)
        (folder / "refs").mkdir()
        (folder / "HEAD").write_text("ref: refs/heads/none\n", "ascii")
        (folder / "config").write_text(_CONFIG.format("sha256" if self._is_sha256 else "sha1"), "ascii")
        alternate = display_path(bytes(objects.resolve()))
        (self._objects / "info" / "alternates").write_text(f"{alternate}\n", "utf-8")

    def tree(self, entries: Sequence[TreeEntry]) -> str:
        """Write a tree of entries that stand in the order of their names; return its id."""
        body = b"".join(b"%b %b\0%b" % (e.mode, e.name, bytes.fromhex(e.object_id)) for e in entries)
        content = b"tree %d\0%b" % (len(body), body)
        digest = hashlib.sha256(content) if self._is_sha256 else hashlib.sha1(content, usedforsecurity=False)
        tree_id = digest.hexdigest()
        path = self._objects / tree_id[:2] / tree_id[2:]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(zlib.compress(content, 1))
        return tree_id


@contextmanager
def content_store(repository: Repository, digits: int, scratch: Path | None = None) -> Iterator[ContentStore]:
    """Yield a store for the contents of a repository; its directory, in `scratch`, is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="trueline-", dir=scratch) as folder:
        yield ContentStore(Path(folder), repository.common_dir / "objects", digits)
