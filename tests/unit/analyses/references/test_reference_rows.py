from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from trueline.analyses.path_kinds import PATH_KINDS
from trueline.analyses.references import ANALYSIS
from trueline.model.evidence_tables import COMMITS, FILE_CHANGES
from trueline.model.table import Table
from trueline.model.tree_tables import TREE_TABLES

AT = datetime(2026, 3, 1, tzinfo=UTC)
LATER = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture
def database() -> duckdb.DuckDBPyConnection:
    """Every table that the analysis may read, empty."""
    connection = duckdb.connect()
    for table in (*TREE_TABLES, COMMITS, FILE_CHANGES, PATH_KINDS):
        columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
        connection.execute(f"create table {table.name} ({columns})")
    return connection


def insert(database: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join("?" for _ in values)
    database.execute(f"insert into {table} ({names}) values ({places})", list(values.values()))


def built(database: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    rows = ANALYSIS.build(lambda sql: database.execute(sql).fetchall())
    tables: dict[str, Table] = {table.name: table for table in ANALYSIS.writes}
    return {name: [dict(zip(tables[name].column_names, row, strict=True)) for row in rows[name]] for name in tables}


def test_an_empty_snapshot_gives_empty_tables(database: duckdb.DuckDBPyConnection):
    assert built(database) == {"document_references": [], "document_code": [], "document_drift": []}


def test_references_of_two_repositories_do_not_mix(database: duckdb.DuckDBPyConnection):
    for repository in ("one", "two"):
        insert(database, "files", repository=repository, path="README.md", entry="file")
        insert(database, "documents", repository=repository, path="README.md", header_form="none")
        insert(database, "links", repository=repository, path="README.md", line=1, col=1, kind="link", target="only.md")
    insert(database, "files", repository="two", path="only.md", entry="file")

    states = {row["repository"]: row["state"] for row in built(database)["document_references"]}

    assert states == {"one": "broken", "two": "resolves"}


def test_anchors_that_the_author_wrote_count(database: duckdb.DuckDBPyConnection):
    insert(database, "files", repository="one", path="a.md", entry="file")
    insert(database, "documents", repository="one", path="a.md", header_form="none")
    insert(
        database,
        "sections",
        repository="one",
        path="a.md",
        line=1,
        heading="Intro",
        anchor="intro",
        other_anchors=["Start"],
    )
    insert(database, "sections", repository="one", path="a.md", line=9, heading="Z { #end .big }", anchor="z--end-big-")
    for line, anchor in enumerate(("#intro", "#start", "#end", "#none"), start=1):
        insert(database, "links", repository="one", path="a.md", line=line, col=1, kind="link", target=anchor)

    rows = built(database)["document_references"]

    assert [(row["kind"], row["state"]) for row in rows] == [
        ("anchor", "resolves"),
        ("anchor", "resolves"),
        ("anchor", "resolves"),
        ("anchor", "broken"),
    ]


def test_code_that_moved_on_since_the_document_is_counted_without_impossible_dates(
    database: duckdb.DuckDBPyConnection,
):
    for path, kind in (("guide.md", "documentation"), ("app.py", "source")):
        insert(database, "files", repository="one", path=path, entry="file")
        insert(database, "path_kinds", repository="one", path=path, kind=kind, rule="any")
    insert(database, "documents", repository="one", path="guide.md", header_form="none")
    insert(database, "named_paths", repository="one", path="guide.md", line=3, col=1, name="app.py", is_planned=False)
    for commit_id, path, at, validity in (
        ("c1", "guide.md", AT, "valid"),
        ("c2", "app.py", LATER, "valid"),
        ("c3", "app.py", datetime(2100, 1, 1, tzinfo=UTC), "impossible"),
    ):
        insert(database, "commits", repository="one", commit_id=commit_id, committed_at=at, validity=validity)
        insert(database, "file_changes", repository="one", commit_id=commit_id, committed_at=at, path=path, status="M")

    tables = built(database)

    assert [(row["target_path"], row["named_times"]) for row in tables["document_code"]] == [("app.py", 1)]
    (drift,) = tables["document_drift"]
    assert (drift["code_paths"], drift["code_changes_since"]) == (1, 1)
    assert drift["code_changed_at"].astimezone(UTC) == LATER
