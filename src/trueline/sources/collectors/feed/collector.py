"""Collect one feed: its file replaces what the feed brought before, whole or not at all.

A feed is not appended to: a row that left the export is gone, a corrected one counts once, and the
same file again brings nothing. What was known earlier stays visible through `--known-at`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trueline.model.feed_tables import FEEDS
from trueline.model.table import Row, Table
from trueline.sources.collectors.base import Collected, Emit

from .content import Content
from .feed import Feed
from .fit import fit

CURSOR_VERSION = 1
_CHUNK_ROWS = 5_000


@dataclass(frozen=True)
class FeedCollector:
    """Collects one file into one table."""

    feed: Feed
    content: Content
    now: datetime

    @property
    def source(self) -> str:
        return self.feed.source

    @property
    def tables(self) -> tuple[Table, ...]:
        return (self.feed.table, FEEDS)

    def collect(self, cursor: Mapping[str, Any], emit: Emit) -> Collected:
        """Push all rows. Raises BadInput, with every problem of the file, before any is pushed."""
        fitted = fit(self.feed, self.content)
        digest = self._digest(fitted.rows)
        is_news = cursor.get("version") != CURSOR_VERSION or cursor.get("digest") != digest
        collected_at = self.now if is_news else datetime.fromisoformat(cursor["collected_at"])
        for start in range(0, len(fitted.rows), _CHUNK_ROWS):
            emit(self.feed.table, fitted.rows[start : start + _CHUNK_ROWS])
        emit(FEEDS, [self._feed_row(collected_at, len(fitted.rows))])
        return Collected(
            cursor={
                "version": CURSOR_VERSION,
                "digest": digest,
                "table": self.feed.table.name,
                "collected_at": collected_at.isoformat(),
            },
            replaces=frozenset({self.feed.table.name, FEEDS.name, cursor.get("table", FEEDS.name)}),
            counted={self.feed.table.name: len(fitted.rows), FEEDS.name: 1},
            notes=fitted.notes,
        )

    def _digest(self, rows: tuple[Row, ...]) -> str:
        """Return what tells these rows and this population from others."""
        feed = self.feed
        digest = hashlib.sha256(repr((feed.table.name, sorted(feed.repositories), feed.since)).encode())
        for row in rows:
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _feed_row(self, collected_at: datetime, count: int) -> Row:
        feed = self.feed
        return (
            feed.name,
            feed.table.name,
            feed.source,
            sorted(feed.repositories),
            feed.since,
            collected_at,
            count,
        )
