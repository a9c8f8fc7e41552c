"""A small table and a lake, for the tests of what stores and reads rows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from trueline.model.table import Column, Table
from trueline.tables.lake import Lake

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

BERTHS = Table(
    name="berths",
    title="Berths",
    columns=(Column("berth_id", "varchar", "Id."), Column("metres", "bigint", "Length.")),
    key=("berth_id",),
    origin="evidence",
)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


@pytest.fixture
def berths() -> Table:
    return BERTHS


@pytest.fixture
def noon() -> datetime:
    return NOON
