"""A feed: which table a file fills, how its columns are named there, and what it claims to cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from trueline.model.errors import UsageError
from trueline.model.feed_tables import SOURCE
from trueline.model.table import Column, Table
from trueline.settings.suggestion import shown


@dataclass(frozen=True)
class Feed:
    """One feed as the settings and the command line declare it."""

    name: str
    table: Table
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column of the table -> column of the file; those of the same name need no entry."""
    ignored: frozenset[str] = frozenset()
    """Columns of the file that are left out on purpose."""
    zone: tzinfo | None = None
    """Of times that carry none; None refuses such times."""
    repositories: tuple[str, ...] = ()
    """What it covers; empty is every repository."""
    since: date | None = None
    declared_at: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """File and line that map a column of the table; none for the command line."""

    @property
    def source(self) -> str:
        return f"feed/{self.name}"

    @property
    def fillable(self) -> tuple[Column, ...]:
        """Return the columns that a file can fill: all but the one that names the feed itself."""
        return tuple(column for column in self.table.columns if column.name != SOURCE.name)

    def column_in_file(self, column: Column) -> str:
        return self.columns.get(column.name, column.name)


def open_zone(name: str) -> tzinfo:
    """Return a time zone of the IANA database. Raises UsageError."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        raise UsageError(f"{shown(name)} is no time zone", fix="Write one such as Europe/Lisbon or UTC") from error
