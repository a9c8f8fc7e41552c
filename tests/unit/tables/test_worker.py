"""SQL of others runs in a process that can be killed, and takes nothing with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from trueline.model.errors import QueryRefused
from trueline.tables.engine import Database
from trueline.tables.worker import SealedWorker


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "one.duckdb"
    building = Database.building(path)
    building.execute("create table t as select 7 as n")
    building.close()
    return path


@pytest.fixture
def worker() -> Iterator[SealedWorker]:
    worker = SealedWorker()
    yield worker
    worker.close()


def test_values_arrive_with_their_types(worker: SealedWorker, database: Path):
    sql = """select 1 as n, 1.10::decimal(4,2) as money, date '2024-02-29' as day, null as nothing, 'a\tb' as text,
      timestamptz '2026-03-01 12:00:00+00' as instant, [1, 2] as list, true as yes, 0.5::double as half"""

    names, rows = worker.table(database, sql, seconds=10)

    assert names == ["n", "money", "day", "nothing", "text", "instant", "list", "yes", "half"]
    instant = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert rows == [(1, Decimal("1.10"), date(2024, 2, 29), None, "a\tb", instant, [1, 2], True, 0.5)]


def test_no_more_rows_come_than_asked_for(worker: SealedWorker, database: Path):
    assert worker.table(database, "from range(100)", seconds=10, at_most=2)[1] == [(0,), (1,)]


def test_one_worker_answers_for_several_databases(worker: SealedWorker, database: Path, tmp_path: Path):
    other = tmp_path / "other.duckdb"
    building = Database.building(other)
    building.execute("create table t as select 8 as n")
    building.close()

    answers = [worker.table(path, "from t", seconds=10)[1] for path in (database, other, database)]

    assert answers == [[(7,)], [(8,)], [(7,)]]


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("select count(*) from range(1000000000) a, range(1000000000) b", "ran for more than 0.2 s"),
        ("select max(length(repeat('x', 900000000))) from range(200)", "ran for more than 0.2 s"),
        ("select string_agg(repeat('x', 1000000), '') from range(100000)", "Out of Memory|ran for more"),
        ("select repeat('x', 1000000) from range(100)", "larger than 64 MB|ran for more"),
        ("select nonsense", "nonsense"),
        ("select * from read_csv('/etc/passwd')", "Permission"),
        ("attach '/tmp/never.db'", "Permission"),
        ("create table x as select 1", "read-only"),
        ("set memory_limit = '1TB'", "locked"),
        ("copy t to '/tmp/never.csv'", "Permission|disabled"),
    ],
    ids=["slow", "deaf", "greedy", "talkative", "wrong", "file", "attach", "write", "settings", "copy"],
)
def test_a_hostile_statement_is_refused_and_the_next_question_is_answered(
    worker: SealedWorker, database: Path, sql: str, why: str
):
    worker.table(database, "from t", seconds=10)

    with pytest.raises(QueryRefused, match=why):
        worker.table(database, sql, seconds=0.2)

    assert worker.table(database, "from t", seconds=10)[1] == [(7,)]


def test_a_damaged_database_is_refused(worker: SealedWorker, tmp_path: Path):
    (tmp_path / "broken.duckdb").write_bytes(b"no database" * 10_000)

    with pytest.raises(QueryRefused, match="cannot be opened"):
        worker.table(tmp_path / "broken.duckdb", "select 1", seconds=10)


def test_closing_twice_or_before_any_question_is_harmless():
    worker = SealedWorker()

    worker.close()
    worker.close()

    assert worker._child is None
