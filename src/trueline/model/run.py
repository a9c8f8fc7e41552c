"""The moment a run speaks of: the one row of table `run`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from .table import Column, Table

RUN = Table(
    name="run",
    title="The moment that this run speaks of",
    grain="one row",
    key=("as_of",),
    origin="run",
    columns=(
        Column("as_of", "date", "The day that the answer is for.", required=True),
        Column("as_of_at", "timestamptz", "The end of that day in UTC, or the instant asked for.", required=True),
        Column("known_at", "timestamptz", "Evidence collected up to this instant is used.", required=True),
    ),
)


@dataclass(frozen=True)
class Moment:
    """World as of one instant, as known at another."""

    as_of_at: datetime
    known_at: datetime

    @property
    def as_of(self) -> date:
        return self.as_of_at.astimezone(UTC).date()

    @classmethod
    def end_of(cls, day: date, known_at: datetime) -> Moment:
        """Return the moment at the end of a day in UTC."""
        return cls(datetime.combine(day, time.max, UTC), known_at)
