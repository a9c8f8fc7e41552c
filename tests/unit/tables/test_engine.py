"""The door to DuckDB: what a database being built and a sealed one allow."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from trueline.model.errors import LakeRefused, QueryRefused
from trueline.tables.engine import Database, chunks


def test_memory_that_runs_out_never_spills_into_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    database = Database.building()
    database.execute("set memory_limit = '20MB'")

    with pytest.raises(LakeRefused, match="Out of Memory"):
        database.execute("create table t as select range as n, md5(range::varchar) as m from range(5000000) order by m")

    assert list(tmp_path.iterdir()) == []


def test_memory_that_runs_out_spills_where_it_is_told_to(tmp_path: Path):
    database = Database.building(spill=tmp_path / "spill")
    database.execute("set memory_limit = '60MB'")

    database.execute("create table t as select range as n, md5(range::varchar) as m from range(3000000)")

    assert database.rows("select count(*) from t") == [(3_000_000,)]
    assert (tmp_path / "spill").exists()


def test_times_are_utc_whatever_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "Asia/Kathmandu")

    at = Database.building().rows("select timestamptz '2026-03-01 12:00:00'")[0][0]

    assert at == datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_python_variable_is_not_a_table():
    secrets = [(1,)]

    with pytest.raises(QueryRefused, match="secrets"):
        Database.building().rows("from secrets")
    assert secrets == [(1,)]


def test_a_slow_statement_is_stopped():
    with pytest.raises(QueryRefused, match=r"more than 0\.1 s"):
        Database.building().table("select count(*) from range(1000000000) a, range(1000000000) b", seconds=0.1)


def test_a_file_that_is_no_database_is_refused_with_its_path(tmp_path: Path):
    path = tmp_path / "x.duckdb"
    path.write_bytes(b"something else" * 1_000)

    with pytest.raises(LakeRefused, match=f"{path} cannot be opened"):
        Database.sealed(path)


def test_a_database_that_was_cut_short_is_told_as_a_damaged_file_and_not_as_a_wrong_query(tmp_path: Path):
    path = tmp_path / "x.duckdb"
    building = Database.building(path)
    building.execute("create table t as select md5(range::varchar) as m from range(100000); checkpoint")
    building.close()
    path.write_bytes(path.read_bytes()[:1_000_000])

    with pytest.raises(LakeRefused, match=str(path)):
        Database.sealed(path).rows("select max(m) from t")


def test_rows_come_in_chunks_and_none_is_lost():
    assert list(chunks([(n,) for n in range(5)], 2)) == [[(0,), (1,)], [(2,), (3,)], [(4,)]]
    assert list(chunks([], 2)) == []


class _Stopped:
    """A connection of DuckDB to which Ctrl-C came while it worked."""

    def execute(self, sql: str) -> None:
        raise RuntimeError("Query interrupted")


@pytest.mark.parametrize("ask", [Database.execute, Database.rows])
def test_an_interrupt_during_a_query_stops_the_program(ask):
    with pytest.raises(KeyboardInterrupt):
        ask(Database(_Stopped()), "select 1")
