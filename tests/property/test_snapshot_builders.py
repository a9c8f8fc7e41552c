"""Several may build one snapshot at once, and any of them may be killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.tables.snapshot import Snapshot

ROWS = 50_000

BUILDER = f"""
import signal, sys
from datetime import UTC, datetime
from pathlib import Path
from trueline.model.run import Moment
from trueline.model.table import Column, Status, Table
from trueline.tables.snapshot import Ingredients, TreeRows, snapshot_in

table = Table("t", "t", (Column("n", "bigint", ""), Column("who", "varchar", "", privacy="people")), ("n",), "tree")
now = datetime(2026, 3, 1, tzinfo=UTC)

def ingredients():
    rows = TreeRows(table, ((n, str(n)) for n in range({ROWS})), Status("t", "complete"))
    return Ingredients(Moment(now, now), Path("/nowhere"), (), trees=(rows,))

import duckdb
signal.setitimer(signal.ITIMER_REAL, float(sys.argv[3]))
snapshot = snapshot_in(Path(sys.argv[1]), sys.argv[2], ingredients, print)
print(snapshot.database.rows("select count(*), sum(n) from t"))
"""
RIGHT = f"[({ROWS}, {ROWS * (ROWS - 1) // 2})]\n"


def builder(folder: Path, key: str, seconds: float = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BUILDER, str(folder), key, str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_builders_of_one_snapshot_at_once_all_get_it(tmp_path: Path):
    processes = [builder(tmp_path, "same") for _ in range(4)]

    answers = [process.communicate() for process in processes]

    assert answers == [(RIGHT, "")] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["same.duckdb"]


def test_builders_of_more_snapshots_than_are_kept_all_get_theirs(tmp_path: Path):
    processes = [builder(tmp_path, f"key{number}") for number in range(8)]

    answers = [process.communicate() for process in processes]

    assert answers == [(RIGHT, "")] * 8


@settings(max_examples=5, deadline=None)
@given(seconds=st.floats(0.001, 0.4))
def test_a_builder_that_is_killed_leaves_no_snapshot_or_a_whole_one(
    seconds: float, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.mktemp("snapshots")
    builder(folder, "key", seconds).communicate()

    for path in folder.glob("*.duckdb"):
        snapshot = Snapshot(path)
        assert snapshot.database.rows("select count(*) from t") == [(ROWS,)]
        snapshot.close()

    assert builder(folder, "key").communicate() == (RIGHT, "")
