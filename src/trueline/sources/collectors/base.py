"""What a collector promises: typed rows from one real system, and a cursor to go on from.

A collector pushes rows in chunks while it reads, so that memory stays flat; nothing it pushed
counts until `collect` has returned, because the lake publishes a collection whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from trueline.model.table import Row, Table


class Emit(Protocol):
    """Take some rows of one table; may be called any number of times per table."""

    def __call__(self, table: Table, rows: Sequence[Row]) -> None: ...


@dataclass(frozen=True)
class Collected:
    """What a collection was, once all rows are pushed."""

    cursor: Mapping[str, Any]
    """JSON-able; handed back to the next collection of the same source."""
    replaces: frozenset[str] = frozenset()
    """Tables whose earlier rows from this source no longer count."""
    counted: Mapping[str, int] = field(default_factory=dict)
    """Rows per table as the source counts them itself; must equal the rows pushed."""
    is_partial: bool = False
    """True where the source itself could not show everything (a shallow or partial clone)."""
    notes: tuple[str, ...] = ()
    """For people: what was left out and why."""


class Collector(Protocol):
    """One system to collect from."""

    @property
    def source(self) -> str:
        """Name of the source, unique in a lake: `git/payments`."""
        ...

    @property
    def tables(self) -> tuple[Table, ...]:
        """Tables that it fills."""
        ...

    def collect(self, cursor: Mapping[str, Any], emit: Emit) -> Collected:
        """Push what is new since the cursor (an empty mapping at first)."""
        ...
