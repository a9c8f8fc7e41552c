"""Collect a little repository and look at its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from trueline.model.evidence_tables import GIT_TABLES
from trueline.sources.collectors.base import Collected
from trueline.sources.collectors.git import GitCollector
from trueline.sources.git import open_repository

NOW = datetime.fromtimestamp(1_772_000_000, UTC)


class Collection:
    """What one collection pushed; a pseudonym here is the text in angle brackets, so that tests can read it."""

    def __init__(self, path: Path, cursor: Mapping[str, Any] | None = None, **options: Any) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in GIT_TABLES}
        options = {"pseudonym": lambda text: f"<{text}>", "now": NOW} | options
        collector = GitCollector(open_repository(path), "harbour", **options)
        self.collected: Collected = collector.collect(cursor or {}, self._emit)

    def _emit(self, table, rows):
        for row in rows:
            assert len(row) == len(table.columns)
            missing = [c.name for c, value in zip(table.columns, row, strict=True) if c.required and value is None]
            assert not missing
            self.rows[table.name].append(dict(zip(table.column_names, row, strict=True)))

    @property
    def commits(self) -> list[dict[str, Any]]:
        return self.rows["commits"]

    @property
    def changes(self) -> list[dict[str, Any]]:
        return self.rows["file_changes"]

    @property
    def tags(self) -> list[dict[str, Any]]:
        return self.rows["tags"]

    @property
    def repository(self) -> dict[str, Any]:
        (row,) = self.rows["repositories"]
        return row

    @property
    def newest(self) -> dict[str, Any]:
        return self.commits[0]


@pytest.fixture
def collect():
    return Collection
