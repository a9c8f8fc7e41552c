"""What a lake takes in, shows and refuses."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from trueline.model.errors import LakeRefused
from trueline.model.table import Row, Table
from trueline.tables.engine import Database
from trueline.tables.json_lines import text_literal
from trueline.tables.lake import Lake
from trueline.tables.manifest import Manifest

Publish = Callable[..., Manifest]


@pytest.fixture
def publish(lake: Lake, berths: Table, noon: datetime) -> Publish:
    def published(rows: Sequence[Row], at: datetime = noon, replaces: frozenset[str] = frozenset()) -> Manifest:
        with lake.collection("harbour") as collection:
            collection.emit(berths, rows)
            return collection.publish(collected_at=at, cursor={"seen": len(rows)}, tables=[berths], replaces=replaces)

    return published


def stored(lake: Lake, manifest: Manifest) -> list[Row]:
    files = ", ".join(text_literal(str(lake.root / file.path)) for file in manifest.live)
    database = Database.building()
    try:
        return database.rows(f"select berth_id, metres, batch_seq from read_parquet([{files}]) order by all")
    finally:
        database.close()


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Have every write beyond that many bytes fail, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_lake_that_was_never_written_has_no_manifests(lake: Lake):
    assert lake.manifests() == {}


def test_published_rows_are_read_back_with_the_number_of_their_batch(lake: Lake, publish: Publish):
    publish([("B1", 200)])
    publish([("B2", None)])

    assert stored(lake, lake.manifests()["harbour"]) == [("B1", 200, 1), ("B2", None, 2)]


def test_the_next_collection_goes_on_from_the_cursor_of_the_last(lake: Lake, publish: Publish):
    publish([("B1", 200), ("B2", 90)])

    with lake.collection("harbour") as collection:
        assert collection.cursor == {"seen": 2}
    with lake.collection("another") as collection:
        assert collection.cursor == {}


def test_leaving_without_publishing_leaves_the_lake_as_it_was(lake: Lake, berths: Table, publish: Publish):
    publish([("B1", 200)])
    before = {path for path in lake.root.rglob("*") if path.is_file()}

    with suppress(KeyError), lake.collection("harbour") as collection:
        collection.emit(berths, [("B2", 1)])
        raise KeyError("the collector failed")

    assert {path for path in lake.root.rglob("*") if path.is_file()} == before
    assert not (lake.root / "_writing").exists()


def test_a_table_that_is_replaced_keeps_only_the_newest_batch(lake: Lake, berths: Table, publish: Publish):
    publish([("B1", 200)], replaces=frozenset({berths.name}))
    publish([("B2", 90)], replaces=frozenset({berths.name}))

    assert stored(lake, lake.manifests()["harbour"]) == [("B2", 90, 2)]


def test_a_replaced_table_with_no_rows_left_is_empty(lake: Lake, berths: Table, publish: Publish):
    publish([("B1", 200)])
    publish([], replaces=frozenset({berths.name}))

    assert lake.manifests()["harbour"].live == ()
    assert lake.manifests()["harbour"].tables == ("berths",)


def test_the_same_rows_again_are_not_written_again(lake: Lake, publish: Publish):
    publish([("B1", 200)])
    publish([("B1", 200)])

    assert len(list(lake.root.glob("berths/*/*.parquet"))) == 1
    assert stored(lake, lake.manifests()["harbour"]) == [("B1", 200, 1)]


def test_rows_that_come_back_after_others_count_again_as_the_newest(lake: Lake, publish: Publish, noon: datetime):
    publish([("B1", 200)], at=noon)
    publish([("B1", 90)], at=noon + timedelta(days=1))

    publish([("B1", 200)], at=noon + timedelta(days=2))

    assert stored(lake, lake.manifests()["harbour"]) == [("B1", 90, 2), ("B1", 200, 3)]
    assert stored(lake, lake.manifests(noon + timedelta(days=1))["harbour"]) == [("B1", 90, 2), ("B1", 200, 1)]


def test_what_was_known_on_an_earlier_day_can_be_asked(lake: Lake, publish: Publish, noon: datetime):
    publish([("B1", 200)], at=noon)
    publish([("B2", 90)], at=noon + timedelta(days=2))

    assert lake.manifests(noon - timedelta(seconds=1)) == {}
    assert stored(lake, lake.manifests(noon + timedelta(days=1))["harbour"]) == [("B1", 200, 1)]


def test_what_a_killed_writer_left_is_swept_by_the_next(lake: Lake, publish: Publish):
    publish([("B1", 200)])
    orphan = lake.root / "berths" / "harbour" / "000000000002-0123456789abcdef.parquet"
    orphan.write_bytes(b"half a batch")
    (lake.root / "_writing").mkdir()
    (lake.root / "_writing" / "berths.jsonl").write_text("[")

    publish([("B2", 90)])

    assert not orphan.exists()
    assert not (lake.root / "_writing").exists()
    assert stored(lake, lake.manifests()["harbour"]) == [("B1", 200, 1), ("B2", 90, 2)]


def test_a_value_that_does_not_fit_its_column_publishes_nothing_and_says_so(lake: Lake, publish: Publish):
    publish([("B1", 200)])

    with pytest.raises(LakeRefused, match=r"table berths: .*nothing was published"):
        publish([("B2", 2**70)])

    assert stored(lake, lake.manifests()["harbour"]) == [("B1", 200, 1)]


def test_a_full_disk_publishes_nothing_and_says_so(lake: Lake, publish: Publish):
    publish([("B1", 200)])
    many = [(f"a long name for berth {number}", number) for number in range(20_000)]

    with files_of_at_most(100_000), pytest.raises(LakeRefused, match="nothing was published"):
        publish(many)

    assert stored(lake, lake.manifests()["harbour"]) == [("B1", 200, 1)]
    assert not (lake.root / "_writing").exists()


def test_a_batch_that_does_not_fit_on_the_disk_publishes_nothing_and_says_so(
    lake: Lake, berths: Table, publish: Publish, noon: datetime
):
    publish([("B1", 200)])

    with lake.collection("harbour") as collection:
        collection.emit(berths, [(f"{number:x}" * 40, number) for number in range(20_000)])
        with files_of_at_most(1_000), pytest.raises(LakeRefused, match="nothing was published"):
            collection.publish(collected_at=noon, cursor={}, tables=[berths])

    assert stored(lake, lake.manifests()["harbour"]) == [("B1", 200, 1)]


def test_a_lake_that_cannot_be_listed_is_refused_and_not_taken_for_empty(lake: Lake):
    lake.root.mkdir()
    (lake.root / "_manifests").write_text("a file where a folder should be")

    with pytest.raises(LakeRefused, match="cannot be read"):
        lake.manifests()


def test_a_lake_that_cannot_be_written_is_refused_with_its_place(tmp_path: Path):
    (tmp_path / "lake").write_text("a file where a folder should be")

    with pytest.raises(LakeRefused, match=str(tmp_path)), Lake(tmp_path / "lake").collection("harbour"):
        pass


def test_a_source_of_any_name_stays_inside_the_lake(lake: Lake, berths: Table, noon: datetime):
    with lake.collection("../../out of here") as collection:
        collection.emit(berths, [("B1", 1)])
        manifest = collection.publish(collected_at=noon, cursor={}, tables=[berths])

    (file,) = manifest.live
    assert (lake.root / file.path).resolve().is_relative_to(lake.root.resolve())


def test_a_lake_may_lie_where_the_path_looks_like_a_pattern(tmp_path: Path, berths: Table, noon: datetime):
    lake = Lake(tmp_path / "what [is] *this* ?" / "lake's")
    with lake.collection("harbour") as collection:
        collection.emit(berths, [("B1", 1)])
        manifest = collection.publish(collected_at=noon, cursor={}, tables=[berths])

    assert stored(lake, manifest) == [("B1", 1, 1)]


def test_a_newer_schema_of_a_table_is_another_batch(lake: Lake, berths: Table, noon: datetime):
    for table in (berths, replace(berths, schema_version=2)):
        with lake.collection("harbour") as collection:
            collection.emit(table, [("B1", 1)])
            manifest = collection.publish(collected_at=noon, cursor={}, tables=[table])

    assert [file.schema_version for file in manifest.live] == [1, 2]
