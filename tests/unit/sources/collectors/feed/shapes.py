"""A small table and ways to hand it rows: shared by the tests of feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from trueline.model.errors import BadInput
from trueline.model.feed_tables import SOURCE
from trueline.model.table import Column, Table
from trueline.sources.collectors.feed import Content, Feed, csv_content, jsonl_content
from trueline.sources.collectors.feed.fit import Fitted, fit

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
VISITS = Table(
    name="visits",
    title="Visits",
    key=("source", "visit_id"),
    origin="evidence",
    event="came_at",
    columns=(
        SOURCE,
        Column("visit_id", "varchar", "Id.", required=True),
        Column("came_at", "timestamptz", "When.", required=True),
        Column("repository", "varchar", "Where."),
        Column("boats", "bigint", "How many."),
        Column("paid", "decimal(8,2)", "How much."),
        Column("is_paid", "boolean", "Whether."),
        Column("day", "date", "Day."),
        Column("share", "double", "Share."),
    ),
)


def feed(**given: Any) -> Feed:
    return Feed("quay", VISITS, **given)


def csv(text: str) -> Content:
    return csv_content("visits.csv", text.encode("utf-8", "surrogateescape"))


def jsonl(text: str) -> Content:
    return jsonl_content("visits.jsonl", text.encode("utf-8", "surrogateescape"))


def rows(content: Content, of: Feed | None = None) -> list[dict[str, Any]]:
    """Return fitted rows by column, without those that are null."""
    names = VISITS.column_names
    fitted: Fitted = fit(of or feed(), content)
    return [{n: v for n, v in zip(names, row, strict=True) if v is not None} for row in fitted.rows]


def problems(content: Content, of: Feed | None = None) -> list[str]:
    """Return what is told of a file; nothing where all of it fits."""
    try:
        fit(of or feed(), content)
    except BadInput as error:
        return [str(problem) for problem in error.problems]
    return []
