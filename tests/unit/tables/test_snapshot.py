"""What goes into a snapshot, what is withheld, and how it survives damage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trueline.model.errors import QueryRefused
from trueline.model.run import Moment
from trueline.model.table import Column, Row, Status, Table
from trueline.tables.catalog import evidence
from trueline.tables.lake import Lake
from trueline.tables.parts import Part
from trueline.tables.snapshot import Ingredients, Snapshot, TreeRows, snapshot_in, snapshot_key

AS_OF = datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC)
KNOWN = datetime(2026, 3, 5, tzinfo=UTC)
MOMENT = Moment(AS_OF, KNOWN)
PSEUDONYM = "p7f3a9c1e5b2d8046"

CALLS = Table(
    name="calls",
    title="Calls of ships",
    columns=(
        Column("call_id", "varchar", "Id."),
        Column("arrived_at", "timestamptz", "When."),
        Column("pilot", "varchar", "Pseudonym.", privacy="people"),
    ),
    key=("call_id",),
    origin="evidence",
    event="arrived_at",
)
PILOTS = Table("pilots", "Pilots", (Column("pilots", "bigint", "How many."),), ("pilots",), "view")
COUNTED = Part(
    "view pilots", frozenset({"calls"}), (PILOTS,), "1", sql="select count(distinct pilot) as pilots from calls"
)

Take = Callable[..., Snapshot]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def take(lake: Lake, tmp_path: Path, said: list[str]) -> Take:
    def taken(
        table: Table = CALLS, key: str = "key", folder: Path = tmp_path / "snapshots", **more: object
    ) -> Snapshot:
        sources = evidence([table], lake.manifests(), KNOWN)
        made = replace(Ingredients(MOMENT, lake.root, sources, parts=(COUNTED,)), **more)  # type: ignore[arg-type]
        return snapshot_in(folder, key, lambda: made, said.append)

    return taken


def publish(lake: Lake, rows: Sequence[Row], table: Table = CALLS) -> None:
    with lake.collection("port") as collection:
        collection.emit(table, rows)
        collection.publish(collected_at=KNOWN, cursor={}, tables=[table])


def test_events_after_the_day_are_left_out_unless_they_are_impossible(lake: Lake, take: Take):
    times = {
        "before": AS_OF - timedelta(days=1),
        "at the end of the day": AS_OF,
        "the day after": AS_OF + timedelta(seconds=1),
        "when collected": KNOWN,
        "after it was collected": KNOWN + timedelta(seconds=1),
        "never": None,
    }
    publish(lake, [(name, at, None) for name, at in times.items()])

    calls = {name for (name,) in take().database.rows("select call_id from calls")}

    assert calls == {"before", "at the end of the day", "after it was collected", "never"}


def test_of_two_rows_with_one_key_the_newest_batch_counts(lake: Lake, take: Take):
    publish(lake, [("C1", AS_OF, "first"), ("C2", AS_OF, "only")])
    publish(lake, [("C1", AS_OF, "second")])

    snapshot = take(clearance="people")

    assert snapshot.database.rows("select call_id, pilot from calls order by 1") == [("C1", "second"), ("C2", "only")]


def test_a_column_that_came_after_a_batch_is_null_in_its_rows(lake: Lake, take: Take):
    publish(lake, [("C1", AS_OF)], replace(CALLS, columns=CALLS.columns[:2]))

    assert take(clearance="people").database.rows("select call_id, pilot from calls") == [("C1", None)]


def test_an_absent_table_is_there_and_empty_and_all_that_follows_is_absent(take: Take):
    snapshot = take()

    assert snapshot.database.rows("from calls") == []
    assert snapshot.statuses["calls"].state == "absent"
    assert snapshot.statuses["pilots"] == Status("pilots", "absent", "calls: never collected", 1)


def test_what_rules_may_read_is_what_the_catalog_names(lake: Lake, take: Take):
    publish(lake, [("C1", AS_OF, None)])
    snapshot = take()

    there = {name for (name,) in snapshot.database.rows("select table_name from duckdb_tables()")}

    assert there == snapshot.tables == {"calls", "pilots", "run", "catalog"}
    assert snapshot.database.rows("from run") == [(MOMENT.as_of, AS_OF, KNOWN)]


def test_figures_are_made_of_withheld_columns_which_are_then_gone(lake: Lake, take: Take):
    publish(lake, [("C1", AS_OF, "one"), ("C2", AS_OF, "other")])

    snapshot = take()

    assert snapshot.database.rows("from pilots") == [(2,)]
    with pytest.raises(QueryRefused, match="pilot"):
        snapshot.database.rows("select pilot from calls")


@pytest.mark.parametrize("rows", [1, 3_000])
def test_nothing_withheld_stays_in_the_bytes_of_the_file(lake: Lake, take: Take, rows: int):
    publish(lake, [(f"C{n}", AS_OF, PSEUDONYM) for n in range(rows)])

    seen = take(clearance="people", key="seen").path.read_bytes()
    withheld = take(clearance="internal", key="withheld").path.read_bytes()

    assert PSEUDONYM.encode() in seen
    assert PSEUDONYM.encode() not in withheld


def test_nothing_but_the_snapshot_is_left_beside_it(lake: Lake, take: Take):
    publish(lake, [("C1", AS_OF, PSEUDONYM)])

    path = take().path

    assert list(path.parent.iterdir()) == [path]


def test_a_snapshot_cannot_be_written(take: Take):
    snapshot = take()

    for sql in ("insert into run select * from run", "create table x as select 1", "attach 'x.db'", "set threads = 8"):
        with pytest.raises(QueryRefused):
            snapshot.database.rows(sql)


def test_the_same_key_opens_the_same_file_and_asks_for_nothing(take: Take, tmp_path: Path, said: list[str]):
    take().close()

    def never() -> Ingredients:
        raise AssertionError("asked for what is there")

    assert snapshot_in(tmp_path / "snapshots", "key", never, said.append).statuses["calls"].state == "absent"
    assert said == []


@pytest.mark.parametrize("damage", [b"", b"no database", b"\x00" * 100_000])
def test_a_damaged_snapshot_is_built_again_and_that_is_said(take: Take, said: list[str], damage: bytes):
    first = take()
    first.close()
    first.path.write_bytes(damage)

    assert take().statuses["calls"].state == "absent"
    assert said == [f"{first.path} is damaged and is built again"]


def test_a_snapshot_without_a_catalog_is_built_again(take: Take, tmp_path: Path, said: list[str]):
    from trueline.tables.engine import Database

    (tmp_path / "snapshots").mkdir()
    strange = Database.building(tmp_path / "snapshots" / "key.duckdb")
    strange.execute("create table something_else as select 1 as n")
    strange.close()

    assert take().statuses["calls"].state == "absent"
    assert len(said) == 1


def test_only_the_most_recently_used_are_kept(take: Take):
    for number in range(7):
        take(key=f"key{number}").close()
        if number >= 3:
            take(key="key0").close()

    left = {path.stem for path in take(key="key0").path.parent.iterdir()}

    assert len(left) == 5
    assert "key0" in left


def test_building_that_fails_leaves_nothing_behind(take: Take, tmp_path: Path):
    wrong = replace(COUNTED, sql="select no_such_column as pilots from calls")

    with pytest.raises(Exception, match="no_such_column"):
        take(parts=(wrong,))

    assert list((tmp_path / "snapshots").iterdir()) == []


def test_a_tree_table_keeps_the_status_it_came_with(take: Take):
    files = Table("files", "Files", (Column("path", "varchar", "Path."),), ("path",), "tree")

    snapshot = take(trees=(TreeRows(files, [("a",), ("b",)], Status("files", "incomplete", "one is missing")),))

    assert snapshot.statuses["files"] == Status("files", "incomplete", "one is missing", 2)


def test_what_rests_on_records_alone_is_declared(take: Take):
    declared = Table("berths", "Berths", (Column("n", "bigint", "N."),), ("n",), "record", basis="declared")
    said_only = Part(
        "view a", frozenset({"berths"}), (replace(PILOTS, name="a"),), "1", sql="select n as pilots from berths"
    )
    both = Part(
        "view b", frozenset({"berths", "calls"}), (replace(PILOTS, name="b"),), "1",
        sql="select count(*) as pilots from berths cross join calls",
    )  # fmt: skip

    basis = take(trees=(TreeRows(declared, [(1,)], Status("berths", "complete")),), parts=(said_only, both)).basis

    assert (basis["a"], basis["b"]) == ("declared", "observed")


@pytest.mark.parametrize(
    "change",
    [
        {"moment": Moment(AS_OF, KNOWN + timedelta(seconds=1))},
        {"parts": (replace(COUNTED, version="2"),)},
        {"clearance": "people"},
        {"others": ["another tree"]},
        {"sources": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_key_changes_with_everything_that_goes_in(change: dict[str, object]):
    given: dict[str, object] = {
        "moment": MOMENT, "sources": evidence([CALLS], {}, KNOWN), "parts": (COUNTED,), "clearance": "internal", "others": ["t"],
    }  # fmt: skip

    assert snapshot_key(**(given | change)) != snapshot_key(**given)  # type: ignore[arg-type]
    assert snapshot_key(**given) == snapshot_key(**given)  # type: ignore[arg-type]
