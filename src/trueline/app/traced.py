"""What a trace comes to: counts, causes, files and problems. Nothing here reads or judges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trueline.model.errors import Problem
from trueline.model.run import Moment


@dataclass(frozen=True)
class Cause:
    """One reason why items do not hold."""

    cause: str
    subject: str
    message: str
    path: str
    line: int
    col: int
    places: Sequence[str]
    owner: str | None
    affected: int
    affected_ids: Sequence[str]


@dataclass(frozen=True)
class Files:
    """What became of files, and by which rule."""

    state: str
    rule: str
    files: int
    items: int


@dataclass(frozen=True)
class Traced:
    """How the requirements of a tree stand."""

    repository: str
    moment: Moment
    items: int
    items_ok: int
    defects: int
    by_verdict: Mapping[str, int]
    by_kind: Mapping[str, int]
    causes: Sequence[Cause]
    files: Sequence[Files]
    problems: Sequence[Problem]
    native: Sequence[str] = ()
    """What the native tool prints, where its own verdicts were asked for."""
    native_failed: bool = False
    """True where the native tool would end with another status than 0."""

    @property
    def unknown(self) -> int:
        """Items of which nothing tells whether they hold."""
        return self.items - self.items_ok - self.defects
