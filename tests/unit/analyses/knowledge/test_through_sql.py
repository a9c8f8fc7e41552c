"""The four analyses one after the other, on tables in a database, as a snapshot builds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pytest

from trueline.analyses import knowledge, landed, path_kinds, persons
from trueline.analyses.base import Analysis
from trueline.model.evidence_tables import COMMITS, FILE_CHANGES, REPOSITORIES, TAGS
from trueline.model.run import RUN
from trueline.model.table import Table
from trueline.model.tree_tables import FILES, RECORD_FILES

CHAIN: tuple[Analysis, ...] = (path_kinds.ANALYSIS, landed.ANALYSIS, persons.ANALYSIS, knowledge.ANALYSIS)
START = datetime(2026, 1, 1, tzinfo=UTC)
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)

Query = Callable[[str], list[tuple[Any, ...]]]


def fill(database: duckdb.DuckDBPyConnection, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
    columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
    database.execute(f"create table {table.name} ({columns})")
    marks = ", ".join("?" for _ in table.columns)
    for row in rows:
        # What a row leaves out at its end is not known.
        database.execute(
            f"insert into {table.name} values ({marks})", [*row, *[None] * (len(table.columns) - len(row))]
        )


def commit(repository: str, number: int, author: str, kind: str = "person") -> tuple[object, ...]:
    at = START + timedelta(days=number)
    parents = [f"c{number - 1}"] if number > 1 else []
    told = ("subject", None, kind, None, [], None, False, False, "valid", None, None)
    return (repository, f"c{number}", parents, author, f"name of {author[:3]}", author, at, at, *told)


def file_change(repository: str, number: int, status: str, path: str, old: str | None = None) -> tuple[object, ...]:
    return (repository, f"c{number}", START + timedelta(days=number), path, old, status, None, None, None)


@pytest.fixture
def query() -> Query:
    """A database with two repositories alike, in which every analysis of the chain has run."""
    database = duckdb.connect()
    repositories = ("shop", "till")
    authors = ("ann@home", "ann@home", "ann@desk", "ann@desk", "robot")
    commits = [
        commit(name, number, author, "bot" if author == "robot" else "person")
        for name in repositories
        for number, author in enumerate(authors, start=1)
    ]
    changes = [
        change
        for name in repositories
        for change in (
            file_change(name, 1, "A", "src/old.py"),
            file_change(name, 2, "R", "src/ledger.py", "src/old.py"),
            file_change(name, 3, "M", "src/ledger.py"),
            file_change(name, 5, "M", "src/ledger.py"),
        )
    ]
    fill(database, RUN, [(AS_OF.date(), AS_OF, AS_OF)])
    # The second was never fetched from anywhere, so it is as fresh as the run.
    fetched = {"shop": AS_OF, "till": None}
    fill(database, REPOSITORIES, [(name, "main", "c5", at, 5, False, False) for name, at in fetched.items()])
    fill(database, COMMITS, commits)
    fill(database, FILE_CHANGES, changes)
    fill(database, TAGS, [(name, "v1.0", "c3", START + timedelta(days=3), True) for name in repositories])
    fill(database, FILES, [(name, "src/ledger.py", "b1", "file", False, 9) for name in repositories])
    fill(database, RECORD_FILES, [])

    database.execute(
        "create table identities (repository varchar, identity_id varchar, addresses varchar[], withdrawn_on date)"
    )

    def read(sql: str) -> list[tuple[Any, ...]]:
        return database.execute(sql).fetchall()

    for analysis in CHAIN:
        built = analysis.build(read)
        for table in analysis.writes:
            fill(database, table, built[table.name])
    return read


def test_two_addresses_of_one_person_are_one_author(query: Query) -> None:
    found = query(
        "select repository, person_key, is_first_author, deliveries, acceptances from file_authors order by 1"
    )
    assert found == [("shop", "ann@desk", True, 2, 0), ("till", "ann@desk", True, 2, 0)]


def test_each_repository_has_its_own_figures(query: Query) -> None:
    found = query("select repository, area, files, truck_factor, changes_90d from truck_factors order by 1")
    assert found == [("shop", None, 1, 1, 3), ("till", None, 1, 1, 3)]


def test_what_landed_is_in_the_release_that_holds_it(query: Query) -> None:
    found = query("select change_id, first_release from landed_changes where repository = 'till' order by 1")
    assert found == [("c1", "v1.0"), ("c2", "v1.0"), ("c3", "v1.0"), ("c4", None), ("c5", None)]


def test_no_required_column_is_empty_and_keys_are_unique(query: Query) -> None:
    for table in (table for analysis in CHAIN for table in analysis.writes):
        for column in (column.name for column in table.columns if column.required):
            assert query(f'select count(*) from {table.name} where "{column}" is null') == [(0,)], (table.name, column)
        key = ", ".join(table.key)
        ((rows, distinct),) = query(f"select count(*), count(distinct row({key})) from {table.name}")
        assert rows == distinct, table.name
