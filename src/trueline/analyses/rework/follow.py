"""Follow every line that landed along the main line, to see which were changed or deleted again, and how soon.

Each commit of the main line is compared with its first parent, so lines that a branch itself changed before it landed
are no rework, and a merge counts once. Renames carry lines along. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

from .lines import UNKNOWN, Hunk, Run, replace_lines

DAYS: Final = 21
_DAY: Final = 86_400_000_000
WINDOW: Final = DAYS * _DAY
"""Lines that go within these microseconds are rework."""


class PathChange(NamedTuple):
    """What one commit of the main line did to one file."""

    position: int
    """Of the commit on the main line."""
    change: int
    """The landed change, as a position in the list of changes."""
    path: str
    old_path: str | None
    """Where it was; None where it stayed."""
    is_copy: bool
    old_blob_id: str | None
    new_blob_id: str | None
    hunks: Sequence[Hunk] | None
    """None where they are not known."""


@dataclass
class Fate:
    """What became of the lines of one landed change."""

    added: int = 0
    lost: int = 0
    files: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)


class Went(NamedTuple):
    """Lines of one change that another took away."""

    change: int
    by: int
    path: str


class Followed(NamedTuple):
    """All that was found."""

    fates: dict[int, Fate]
    """By landed change; those that changed no file that counts are not in it."""
    went: dict[Went, int]
    """How many lines went within the window."""


@dataclass(frozen=True)
class _File:
    blob_id: str | None
    runs: tuple[Run, ...]


def follow(changes: Iterable[PathChange], landed_at: Sequence[int], counts: Callable[[str], bool]) -> Followed:
    """Return what became of the lines of each landed change.

    `changes` come in the order of the main line; `landed_at` is when each landed change landed, in microseconds;
    `counts` says of a path whether its lines are looked at.
    """
    return _Following(landed_at, counts).all_of(changes)


class _Following:
    def __init__(self, landed_at: Sequence[int], counts: Callable[[str], bool]) -> None:
        self._landed_at = landed_at
        self._counts = counts
        self._files: dict[str, _File] = {}
        self._fates: dict[int, Fate] = {}
        self._went: Counter[Went] = Counter()

    def all_of(self, changes: Iterable[PathChange]) -> Followed:
        for _, group in groupby(changes, key=lambda change: change.position):
            together = list(group)
            # What a commit moves it moves at once: two files may change places.
            before = {one.path: self._before(one) for one in together}
            for one in together:
                if not one.is_copy:
                    self._files.pop(one.old_path or one.path, None)
            for one in together:
                self._take(one, before[one.path])
        return Followed(self._fates, dict(self._went))

    def _before(self, change: PathChange) -> _File | None:
        return None if change.is_copy else self._files.get(change.old_path or change.path)

    def _take(self, change: PathChange, before: _File | None) -> None:
        """Take one change of one file: its lines are new, others go."""
        if before is not None and before.blob_id != change.old_blob_id:
            self._lose(before, change.change)  # something that nobody told of came in between
            before = None
        if not self._counts(change.path):
            if before is not None:
                self._lose(before, change.change)
            return
        fate = self._fates.setdefault(change.change, Fate())
        fate.files.add(change.path)
        if change.hunks is None:
            fate.unread.add(change.path)
            if before is not None:
                self._lose(before, change.change)
            return
        runs, gone = replace_lines(before.runs if before else UNKNOWN, change.hunks, change.change)
        fate.added += sum(hunk.new_count for hunk in change.hunks)
        for origin, lines in gone.items():
            if origin == change.change:
                fate.added -= lines
            elif self._landed_at[change.change] - self._landed_at[origin] <= WINDOW:
                self._went[Went(origin, change.change, change.path)] += lines
        if change.new_blob_id is not None:
            self._files[change.path] = _File(change.new_blob_id, runs)

    def _lose(self, file: _File, by: int) -> None:
        """Give up the lines of a file that have not had their days yet."""
        for run in file.runs:
            if run.origin in self._fates and self._landed_at[by] - self._landed_at[run.origin] <= WINDOW:
                self._fates[run.origin].lost += run.lines
