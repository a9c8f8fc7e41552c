"""Whoever is killed, and whenever: the lake is as it was before or as it was to be, never in between."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.tables.engine import Database
from trueline.tables.json_lines import text_literal
from trueline.tables.lake import Lake

ROWS = 20_000

WRITER = f"""
import signal, sys
from datetime import UTC, datetime
from pathlib import Path
from trueline.model.table import Column, Table
from trueline.tables.lake import Lake

tables = [Table(n, n, (Column("generation", "bigint", ""), Column("n", "bigint", "")), ("n",), "evidence") for n in "ab"]
lake, source, seconds = Lake(Path(sys.argv[1])), sys.argv[2], float(sys.argv[3])
print("ready", flush=True)
signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody catches the alarm, so it ends the process on the spot
while True:
    with lake.collection(source) as collection:
        generation = collection.cursor.get("generation", 0) + 1
        for table in tables:
            collection.emit(table, [(generation, n) for n in range({ROWS})])
        collection.publish(
            collected_at=datetime(2026, 3, 1, tzinfo=UTC), cursor={{"generation": generation}}, tables=tables,
            replaces=frozenset("ab") if source == "replacing" else frozenset(),
        )
    print(generation, flush=True)
"""


def writer(lake: Path, source: str, seconds: float = 0) -> subprocess.Popen[str]:
    """Start one that publishes generation after generation, until it is killed or the seconds are over."""
    command = [sys.executable, "-c", WRITER, str(lake), source, str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def killed(process: subprocess.Popen[str]) -> int:
    """Kill a writer; return the last generation that it said was published."""
    process.send_signal(signal.SIGKILL)
    return ended(process)


def ended(process: subprocess.Popen[str]) -> int:
    """Await the end of a writer; return the last generation that it said was published."""
    out, err = process.communicate()
    assert err == ""
    whole = out.rpartition("\n")[0].split()
    return int(whole[-1]) if whole else 0


def generations(lake: Path) -> dict[str, Counter[tuple[str, int]]]:
    """Return how many rows of each table and generation are visible, by source."""
    database = Database.building()
    seen: dict[str, Counter[tuple[str, int]]] = {}
    for source, manifest in Lake(lake).manifests().items():
        counts: Counter[tuple[str, int]] = Counter()
        for file in manifest.live:
            sql = f"select generation, count(*) from read_parquet({text_literal(str(lake / file.path))}) group by all"
            for generation, count in database.rows(sql):
                counts[file.table, generation] += count
        assert {generation for _, generation in counts} >= {manifest.cursor["generation"]}
        seen[source] = counts
    database.close()
    return seen


@settings(max_examples=8, deadline=None)
@given(st.floats(0.001, 0.5), st.sampled_from(["replacing", "adding"]))
def test_a_collection_that_is_killed_leaves_the_old_state_or_the_new_one(seconds: float, source: str):
    with tempfile.TemporaryDirectory() as folder:
        lake = Path(folder) / "lake"
        said = ended(writer(lake, source, seconds))

        seen = generations(lake).get(source, Counter())
        newest = max((generation for _, generation in seen), default=0)

        assert newest in (said, said + 1)
        kept = range(newest, newest + 1) if source == "replacing" else range(1, newest + 1)
        assert seen == Counter({(table, generation): ROWS for table in "ab" for generation in kept if newest})

        following = writer(lake, source)
        assert following.stdout is not None
        assert int(following.stdout.readline()) == newest + 1
        killed(following)


def test_collections_at_once_take_turns_and_none_is_lost(tmp_path: Path):
    processes = {source: writer(tmp_path / "lake", source) for source in ("replacing", "adding", "third")}
    for process in processes.values():
        assert process.stdout is not None
        for _ in range(2):
            process.stdout.readline()

    said = {source: killed(process) for source, process in processes.items()}

    seen = generations(tmp_path / "lake")
    for source, generation in said.items():
        assert max(g for _, g in seen[source]) >= max(2, generation)
        assert set(seen[source].values()) == {ROWS}
    sequences = [path.name.partition("-")[0] for path in (tmp_path / "lake" / "_manifests").iterdir()]
    assert len(sequences) == len(set(sequences))


def test_a_reader_beside_a_writer_always_sees_a_whole_state(tmp_path: Path):
    process = writer(tmp_path / "lake", "replacing")
    assert process.stdout is not None
    process.stdout.readline()

    for _ in range(10):
        (counts,) = generations(tmp_path / "lake").values()
        assert set(counts.values()) == {ROWS}
        assert len(counts) == 2

    killed(process)
