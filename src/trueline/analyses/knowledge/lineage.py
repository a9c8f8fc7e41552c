"""Follow each living file back to its creation: who created it, who changed it since.

Commits are taken in the order of arrival (parents before children; of branches that lived side by side, the one
that landed first comes first). A rename carries the lineage along; a file that is deleted and added again is the
same file; a copy is a new file. Who adds a file that is or was there is a creator beside the first, as in the tool
of the paper (see `authorship`). Where a branch changes a path that the main line has renamed meanwhile, the change follows
the rename. What a merge commit itself changes is not seen, and content is never compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple


class FileChange(NamedTuple):
    """One change of one file; the instant is microseconds since 1970 in UTC."""

    position: int
    """Order of arrival of its commit in the repository."""
    landed_at: int
    person_key: str | None
    """None for a bot: it moves the file and is nobody's change."""
    path: str
    old_path: str | None
    status: str
    """First letter of git's status."""


@dataclass(slots=True, eq=False)
class Lineage:
    """The life of one file, over all its names."""

    creators: set[str] = field(default_factory=set)
    """Empty where a bot created it, or where its creation was not seen; several where others added it again."""
    is_created: bool = False
    """True where its creation was seen."""
    changes: Counter[str] = field(default_factory=Counter)
    """Changes after creation, per person; adding it again is none."""
    landings: list[int] = field(default_factory=list)
    """When persons' changes of it landed, creation included."""

    def change(self, change: FileChange) -> None:
        """Count a change after creation."""
        if change.person_key is not None:
            self.changes[change.person_key] += 1
            self.landings.append(change.landed_at)

    def create(self, change: FileChange) -> None:
        """Count a creation, the first or another."""
        self.is_created = True
        if change.person_key is not None:
            self.creators.add(change.person_key)
            self.landings.append(change.landed_at)

    def branch(self) -> Lineage:
        """Return a copy that goes its own way from here."""
        return Lineage(set(self.creators), self.is_created, Counter(self.changes), list(self.landings))


class Lineages:
    """All lineages of a repository while its history is read."""

    def __init__(self) -> None:
        self._at: dict[str, Lineage] = {}
        """The lineage last seen at each path, gone ones included."""
        self._living: set[str] = set()
        self._deleted: set[str] = set()
        """Paths whose file was deleted, not renamed away, and has not come back."""

    def living(self) -> dict[str, Lineage]:
        """Return the lineage of every path that exists now."""
        return {path: self._at[path] for path in self._living}

    def apply(self, changes: Sequence[FileChange]) -> None:
        """Take in the changes of one commit; renames that swap names are resolved together."""
        sources = [(change, self._source(change)) for change in changes if change.status == "R"]
        self._living.difference_update(change.old_path or "" for change, _ in sources)
        deleted = {change.path for change in changes if change.status == "D"}
        self._deleted |= deleted & self._living
        self._living -= deleted
        for change, lineage in sources:
            lineage.change(change)
            self._settle(change.path, lineage)
        for change in changes:
            if change.status in "AC":
                self._add(change)
            elif change.status in "MT":
                self._modify(change)

    def _source(self, change: FileChange) -> Lineage:
        """Return the lineage that a rename moves; one that lives on under another name is branched."""
        old = change.old_path or change.path
        lineage = self._at.get(old)
        if lineage is None:
            return Lineage()
        if old in self._living or self._at.get(change.path) is lineage:
            return lineage
        return lineage.branch()

    def _settle(self, path: str, lineage: Lineage) -> None:
        self._at[path] = lineage
        self._living.add(path)
        self._deleted.discard(path)

    def _add(self, change: FileChange) -> None:
        """Start a lineage, or go on with one that is there (two branches added it) or was deleted there."""
        lineage = self._at.get(change.path)
        if lineage is None or not (change.path in self._living or change.path in self._deleted):
            lineage = Lineage()
        lineage.create(change)
        self._settle(change.path, lineage)

    def _modify(self, change: FileChange) -> None:
        """Count a change; a file whose creation was not seen is known from a person's first change on."""
        if change.person_key is None:
            return
        lineage = self._at.get(change.path)
        if lineage is None:
            lineage = Lineage()
            self._settle(change.path, lineage)
        lineage.change(change)


def trace_lineages(changes: Iterable[FileChange]) -> dict[str, Lineage]:
    """Return the lineage of every path that exists after the last change; the order of `changes` does not matter."""
    lineages = Lineages()
    ordered = sorted(changes, key=lambda change: (change.position, change.path, change.status))
    for _, of_commit in groupby(ordered, key=lambda change: change.position):
        lineages.apply(list(of_commit))
    return lineages.living()
