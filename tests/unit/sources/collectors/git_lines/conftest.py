"""Count the lines of a little repository's changes and look at the rows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from trueline.model.line_tables import LINE_TABLES
from trueline.sources.collectors.base import Collected
from trueline.sources.collectors.git_lines import GitLinesCollector, Pair
from trueline.sources.git import open_repository


class Counted:
    """What one collection pushed."""

    def __init__(self, path: Path, pairs: Iterable[Pair], cursor: dict[str, Any] | None = None, **more: Any) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in LINE_TABLES}
        collector = GitLinesCollector(open_repository(path), "harbour", pairs, frozenset({"harbour", "berths"}), **more)
        self.collected: Collected = collector.collect(cursor or {}, self._emit)

    def _emit(self, table, rows):
        self.rows[table.name] += [dict(zip(table.column_names, row, strict=True)) for row in rows]

    @property
    def lines(self) -> list[tuple[int | None, int | None]]:
        return [(row["added_lines"], row["deleted_lines"]) for row in self.rows["blob_lines"]]

    @property
    def hunks(self) -> list[tuple[int, int, int, int]]:
        names = ("old_start", "old_count", "new_start", "new_count")
        return [tuple(row[name] for name in names) for row in self.rows["blob_hunks"]]


@pytest.fixture
def count():
    return Counted


@pytest.fixture
def pair():
    """Return a maker of pairs: two contents, each committed and read back as a blob id."""

    def made(shop, old, new, wants_hunks=False):
        ids = []
        for content in (old, new):
            if content is None:
                ids.append(None)
                continue
            commit_id = shop.commit(files={"notes.txt": content})
            ids.append(shop.git("rev-parse", f"{commit_id}:notes.txt"))
        return Pair(*ids, wants_hunks, shop.git("rev-parse", "HEAD"))

    return made
