"""Services through the command line: from records, from a catalogue, from the tree; and over time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import NOW, Said, Workshop

Run = Callable[..., Said]
Make = Callable[..., Workshop]
DAY = 86_400

RECORD = """\
---
kind: service
id: berths
title: Berths
team: yard
paths: [/svc/berths/, "!*.md", /svc/lost/]
---
"""
TEAM = "---\nkind: team\nid: yard\ntitle: Yard\nhandle: '@harbour/yard'\n---\n"
CATALOG = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: %s}
spec: {type: service, lifecycle: production, owner: %s}
"""
SETTINGS = 'schema = 1\nname = "quay"\n'


def ask(trueline: Run, shop: Workshop, sql: str, *more: str) -> list[tuple[Any, ...]]:
    rows = trueline("query", sql, "-C", shop.path, "--format", "json", *more).answers().json["rows"]
    return [tuple(row.values()) for row in rows]


@pytest.fixture
def quay(trueline: Run, new_repository: Make) -> Workshop:
    """Return a repository whose services came one after the other."""
    shop = new_repository("quay")
    shop.commit("Begin", {"old/tide.py": "tide = 1\n" * 9, "trueline.toml": SETTINGS}, at=NOW - 90 * DAY)
    shop.commit("Drop", {"svc/lost/a.py": "1\n"}, at=NOW - 80 * DAY)
    shop.git("rm", "-q", "-r", "svc/lost")
    shop.git("mv", "old", "svc_berths")
    (shop.path / "svc").mkdir(exist_ok=True)
    shop.git("mv", "svc_berths", "svc/berths")
    shop.commit("Move", {}, at=NOW - 70 * DAY)
    shop.commit("Record", {"handbook/berths.md": RECORD, "handbook/yard.md": TEAM}, at=NOW - 50 * DAY)
    shop.commit("Tell", {"svc/berths/notes.md": "# Notes\n", "apps/web/package.json": "{}"}, at=NOW - 40 * DAY)
    shop.commit(
        "Catalogue",
        {
            "svc/berths/catalog-info.yaml": CATALOG % ("berths", "quay"),
            "svc/tills/catalog-info.yaml": CATALOG % ("tills", "user:ana"),
            "svc/tills/b.py": "1\n",
            "bad/catalog-info.yml": "kind: Component\n",
        },
        at=NOW - 30 * DAY,
    )
    trueline("collect", "-q", "-C", shop.path).answers()
    return shop


def test_each_file_is_in_the_service_that_says_so_best(trueline: Run, quay: Workshop) -> None:
    assert ask(trueline, quay, "select service, basis, path from service_files order by path") == [
        ("web", "proposed", "apps/web/package.json"),
        ("berths", "declared", "svc/berths/catalog-info.yaml"),
        ("berths", "declared", "svc/berths/tide.py"),
        ("tills", "catalog", "svc/tills/b.py"),
        ("tills", "catalog", "svc/tills/catalog-info.yaml"),
    ]


def test_a_change_belongs_to_the_service_of_its_paths_then_and_of_its_files_now(trueline: Run, quay: Workshop) -> None:
    sql = (
        "select l.subject, s.paths from service_changes as s inner join landed_changes as l using (repository, change_id)"
        " where s.service = 'berths' order by s.landed_at"
    )

    # The first under the file's earlier name, the second by a pattern whose file is gone; notes are taken out.
    assert ask(trueline, quay, sql) == [("Begin", 1), ("Drop", 1), ("Move", 2), ("Catalogue", 1)]


def test_the_record_of_that_day_counts_that_day(trueline: Run, quay: Workshop) -> None:
    sql = "select distinct service, basis from service_paths order by service"

    assert ask(trueline, quay, sql, "--as-of", "2025-12-10") == []
    assert ask(trueline, quay, sql, "--as-of", "2026-01-10") == [("berths", "declared")]
    assert len(ask(trueline, quay, sql)) == 3


@pytest.mark.parametrize(
    ("rule", "subject", "place"),
    [
        ("service_path_without_files", "berths /svc/lost/", "handbook/berths.md"),
        ("service_owner_disputed", "berths", "handbook/berths.md"),
        ("catalog_with_problem", "bad/catalog-info.yml", "bad/catalog-info.yml"),
    ],
)
def test_what_is_wrong_with_services_is_reported_where_it_is_written(
    trueline: Run, quay: Workshop, rule: str, subject: str, place: str
) -> None:
    rows = trueline("rule", "run", rule, "-C", quay.path, "--format", "json").is_told_well().json["rows"]

    assert {(row["subject"], row["source_path"]) for row in rows} == {(subject, place)}


def test_a_catalogue_names_no_person(trueline: Run, quay: Workshop) -> None:
    assert ask(trueline, quay, "select component, owner from catalog_components order by component") == [
        ("berths", "quay"),
        ("tills", "a person"),
    ]
