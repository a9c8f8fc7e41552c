"""The catalog: which tables exist, where their rows come from, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from trueline.model.errors import LakeRefused
from trueline.model.table import Column, Status, Table

from .manifest import BatchFile, Manifest

CATALOG = Table(
    name="catalog",
    title="How far each table of this snapshot can be trusted",
    grain="one row per table",
    key=("table_name",),
    origin="run",
    columns=(
        Column("table_name", "varchar", "Name.", required=True),
        Column("origin", "varchar", "tree, record, evidence, view, analysis or run.", required=True),
        Column("basis", "varchar", "observed, or declared where only records say so.", required=True),
        Column("state", "varchar", "complete, absent, stale, forbidden or incomplete.", required=True),
        Column("reason", "varchar", "Why it is not complete."),
        Column("row_count", "bigint", "Rows in this snapshot.", required=True),
    ),
)


@dataclass(frozen=True)
class Source:
    """The batches of one evidence table that count."""

    table: Table
    files: tuple[BatchFile, ...]
    status: Status


def evidence(tables: Iterable[Table], manifests: Mapping[str, Manifest], known_at: datetime) -> tuple[Source, ...]:
    """Return each evidence table with its files and whether it is absent, stale or incomplete.

    A table is absent when no source that fills it was ever collected; collected and empty is complete.
    Raises LakeRefused where a batch is of a newer schema than is known.
    """
    return tuple(_source(table, manifests.values(), known_at) for table in tables)


def _source(table: Table, manifests: Iterable[Manifest], known_at: datetime) -> Source:
    filling = [manifest for manifest in manifests if table.name in manifest.tables]
    files = tuple(file for manifest in filling for file in manifest.live if file.table == table.name)
    if any(file.schema_version > table.schema_version for file in files):
        raise LakeRefused(f"table {table.name} was collected by a newer Trueline", fix="Upgrade Trueline")
    rows = sum(file.rows for file in files)
    if not filling:
        return Source(table, (), Status(table.name, "absent", "never collected"))
    partial = [manifest.source for manifest in filling if manifest.is_partial]
    if partial:
        return Source(
            table, files, Status(table.name, "incomplete", f"{', '.join(partial)} could not be seen whole", rows)
        )
    oldest = min(manifest.collected_at for manifest in filling)
    if table.max_age_days is not None and known_at - oldest > timedelta(days=table.max_age_days):
        reason = f"collected {oldest.date()}, older than {table.max_age_days} days"
        return Source(table, files, Status(table.name, "stale", reason, rows))
    return Source(table, files, Status(table.name, "complete", "", rows))


TRUST = ("forbidden", "absent", "incomplete", "stale", "complete")
"""From the least to the most that can be said."""


def weakest(statuses: Iterable[Status]) -> Status | None:
    """Return the status that says least; None where there is none."""
    return min(statuses, key=lambda status: TRUST.index(status.state), default=None)
