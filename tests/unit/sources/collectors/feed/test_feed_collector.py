"""A feed replaces what it brought before, whole or not at all, and the same file brings nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from trueline.model.errors import BadInput
from trueline.model.feed_tables import FEEDS
from trueline.model.table import Row, Table
from trueline.sources.collectors.base import Collected
from trueline.sources.collectors.feed import Content, Feed, FeedCollector

from .shapes import NOW, VISITS, csv, feed

ONE = "visit_id,came_at\na,2026-01-01T00:00:00Z\n"
TWO = ONE + "b,2026-01-02T00:00:00Z\n"


def collect(
    content: Content, cursor: Mapping[str, Any] | None = None, of: Feed | None = None, days: int = 0
) -> tuple[Collected, dict[str, list[Row]]]:
    pushed: dict[str, list[Row]] = {}

    def emit(table: Table, rows: Sequence[Row]) -> None:
        pushed.setdefault(table.name, []).extend(rows)

    collector = FeedCollector(of or feed(), content, NOW + timedelta(days=days))
    return collector.collect(cursor or {}, emit), pushed


def test_rows_and_the_claim_of_the_feed_are_pushed_together() -> None:
    collected, pushed = collect(csv(TWO), of=feed(repositories=("portal", "berths"), since=date(2026, 1, 1)))

    assert len(pushed["visits"]) == 2
    assert pushed["feeds"] == [("quay", "visits", "feed/quay", ["berths", "portal"], date(2026, 1, 1), NOW, 2)]
    assert collected.replaces == {"visits", "feeds"}
    assert collected.counted == {"visits": 2, "feeds": 1}


def test_the_same_rows_again_are_the_same_in_all_respects() -> None:
    first, pushed = collect(csv(TWO))

    again, pushed_again = collect(csv(TWO), first.cursor, days=3)

    assert pushed_again == pushed
    assert again.cursor == first.cursor


@pytest.mark.parametrize("of", [feed(), feed(since=date(2026, 1, 1)), feed(repositories=("berths",))])
def test_other_rows_or_another_claim_are_news(of: Feed) -> None:
    first, _ = collect(csv(TWO))

    again, pushed = collect(csv(ONE if of == feed() else TWO), first.cursor, of, days=3)

    assert again.cursor != first.cursor
    assert pushed["feeds"][0][FEEDS.column_names.index("collected_at")] == NOW + timedelta(days=3)


def test_a_feed_that_turns_to_another_table_takes_its_rows_along() -> None:
    collected, _ = collect(csv(ONE), {"version": 1, "digest": "other", "table": "calls", "collected_at": "2026-01-01"})

    assert collected.replaces == {"visits", "feeds", "calls"}


def test_one_problem_pushes_nothing() -> None:
    pushed: list[Table] = []

    with pytest.raises(BadInput):
        FeedCollector(feed(), csv(TWO + "c,never\n"), NOW).collect({}, lambda table, rows: pushed.append(table))

    assert pushed == []


def test_a_collector_names_its_source_and_tables() -> None:
    collector = FeedCollector(feed(), csv(ONE), NOW)

    assert (collector.source, collector.tables) == ("feed/quay", (VISITS, FEEDS))
