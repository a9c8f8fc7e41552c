"""What a table is: its columns, grain and key, whose word it is, and how fresh it must be.

One declaration gives the DDL, the check of incoming rows, the reference page and the empty
typed table that lint uses. It does not know how or where rows are stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["observed", "declared"]
"""`observed`: read from a real system; `declared`: only a record says so."""

Origin = Literal["tree", "record", "evidence", "view", "analysis", "run"]
"""`tree` and `record` tables are a pure function of a commit's tree."""

Privacy = Literal["public", "internal", "people"]

TableState = Literal["complete", "absent", "stale", "forbidden", "incomplete"]
"""`absent` means never collected; a table can be complete and have no rows."""


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    name: str
    type: str
    """A DuckDB type: `varchar`, `bigint`, `timestamptz`, `date`, `boolean`, `varchar[]`, `decimal(18,2)`, `double`."""
    doc: str
    """One sentence for the reference page."""
    required: bool = False
    """True where a null is a defect of the source."""
    privacy: Privacy = "internal"


REPOSITORY = Column("repository", "varchar", "Name of the repository.", required=True)
"""The first column of every table about repositories."""


@dataclass(frozen=True)
class Table:
    """A table that rules may read."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The natural key: no two rows of a snapshot agree in all of these."""
    origin: Origin
    basis: Basis = "observed"
    grain: str = ""
    """One row per …"""
    event: str | None = None
    """The column that says when it happened; `--as-of` keeps rows up to that instant."""
    max_age_days: int | None = None
    """Older evidence than this is stale; none where age does not matter."""
    schema_version: int = 1

    def column(self, name: str) -> Column:
        """Return the column of that name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


Value = str | int | float | bool | bytes | None | object
Row = tuple[Value, ...]
"""Values in the order of the table's columns: datetime for timestamptz (aware), date, Decimal, list for arrays."""


@dataclass(frozen=True)
class Status:
    """How far a table of a snapshot can be trusted."""

    table: str
    state: TableState
    reason: str = ""
    rows: int = 0
