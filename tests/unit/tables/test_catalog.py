"""How far an evidence table can be trusted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from trueline.model.errors import LakeRefused
from trueline.model.table import Status, Table
from trueline.tables.catalog import Source, evidence, weakest
from trueline.tables.manifest import BatchFile, Manifest


@pytest.fixture
def manifest(noon: datetime) -> Manifest:
    live = (BatchFile("berths", "one", 3, "d1", 1, 1), BatchFile("cranes", "other", 9, "d2", 1, 1))
    return Manifest(1, "harbour", noon, {}, live, ("berths", "cranes"))


def source_of(table: Table, manifests: list[Manifest], known_at: datetime) -> Source:
    (source,) = evidence([table], {manifest.source: manifest for manifest in manifests}, known_at)
    return source


def test_what_was_never_collected_is_absent(berths: Table, noon: datetime):
    assert source_of(berths, [], noon).status == Status("berths", "absent", "never collected")


def test_a_source_that_does_not_fill_a_table_says_nothing_about_it(berths: Table, manifest: Manifest, noon: datetime):
    other = replace(manifest, tables=("cranes",))

    assert source_of(berths, [other], noon).status.state == "absent"


def test_collected_and_empty_is_complete(berths: Table, manifest: Manifest, noon: datetime):
    assert source_of(berths, [replace(manifest, live=())], noon).status == Status("berths", "complete", "", 0)


def test_the_rows_of_all_sources_count_together(berths: Table, manifest: Manifest, noon: datetime):
    source = source_of(berths, [manifest, replace(manifest, source="port")], noon)

    assert source.status.rows == 6
    assert [file.path for file in source.files] == ["one", "one"]


def test_one_source_that_was_not_seen_whole_makes_the_table_incomplete(
    berths: Table, manifest: Manifest, noon: datetime
):
    partial = replace(manifest, source="port", is_partial=True)
    status = source_of(berths, [manifest, partial], noon).status

    assert (status.state, status.reason) == ("incomplete", "port could not be seen whole")


@pytest.mark.parametrize(("later", "state"), [(timedelta(days=7), "complete"), (timedelta(days=7, seconds=1), "stale")])
def test_evidence_is_stale_after_its_age_and_not_on_the_day(
    berths: Table, manifest: Manifest, noon: datetime, later: timedelta, state: str
):
    aging = replace(berths, max_age_days=7)

    assert source_of(aging, [manifest], noon + later).status.state == state


def test_the_oldest_source_decides_about_age(berths: Table, manifest: Manifest, noon: datetime):
    fresh = replace(manifest, source="port", collected_at=noon + timedelta(days=30))

    assert (
        source_of(replace(berths, max_age_days=7), [manifest, fresh], noon + timedelta(days=30)).status.state == "stale"
    )


def test_a_batch_of_a_newer_schema_is_refused(berths: Table, manifest: Manifest, noon: datetime):
    newer = replace(manifest, live=(replace(manifest.live[0], schema_version=2),))

    with pytest.raises(LakeRefused, match="table berths was collected by a newer Trueline"):
        source_of(berths, [newer], noon)


def test_the_weakest_status_is_the_one_that_says_least():
    complete, stale, forbidden = Status("a", "complete"), Status("b", "stale"), Status("c", "forbidden")

    assert weakest([complete, stale]) == stale
    assert weakest([stale, forbidden, complete]) == forbidden
    assert weakest([]) is None
