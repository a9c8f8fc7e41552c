"""The tree of a repository in which nothing was committed yet, or not by the day asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from trueline.model.errors import Problem

from .tree import MAX_READ_BYTES, Entry


@dataclass(frozen=True)
class EmptyTree:
    """No files; see `Tree`."""

    problems: list[Problem] = field(default_factory=list)

    def entries(self) -> list[Entry]:
        """Return nothing."""
        return []

    def read(self, entries: Iterable[Entry], max_bytes: int = MAX_READ_BYTES) -> Iterator[tuple[Entry, bytes | None]]:
        """Yield every entry without content: none is of this tree."""
        yield from ((entry, None) for entry in entries)
