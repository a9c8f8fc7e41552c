"""The contents that some paths ever had, told and read like the files of a tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from trueline.model.errors import Problem
from trueline.sources.git import Git
from trueline.sources.trees.blobs import read_blobs
from trueline.sources.trees.tree import MAX_READ_BYTES, Entry

_CHUNK = 10_000


@dataclass
class HistoryTree:
    """Pairs of path and content; see `Tree`. One path may come with many contents."""

    git: Git
    pairs: Iterable[tuple[bytes, str]]
    problems: list[Problem] = field(default_factory=list)

    def entries(self) -> list[Entry]:
        """Return the pairs, ordered by path."""
        return self._entries

    @cached_property
    def _entries(self) -> list[Entry]:
        return [Entry(path, blob_id) for path, blob_id in sorted(set(self.pairs))]

    def read(self, entries: Iterable[Entry], max_bytes: int = MAX_READ_BYTES) -> Iterator[tuple[Entry, bytes | None]]:
        """Yield each entry with its content; None where it is missing or larger than the limit."""
        remaining = iter(entries)
        while chunk := list(islice(remaining, _CHUNK)):
            for entry, content in zip(chunk, read_blobs(self.git, [one.blob_id for one in chunk]), strict=True):
                yield entry, content if content is not None and len(content) <= max_bytes else None
