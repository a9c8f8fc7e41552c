"""A repository that got another name keeps its evidence and the history of its findings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import NOW, Said, Workshop

Trueline = Callable[..., Said]
DAY = 86_400


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    """Releases every ten days, then none, so that finished work waits: a finding whose subject is the repository."""
    made = new_repository("shop")
    for release in range(6):
        made.commit(f"Sell {release}", at=NOW - (300 - 10 * release) * DAY)
        made.git("tag", f"v1.{release}.0")
    made.commit("Wait", at=NOW - 200 * DAY)
    return made


@pytest.fixture
def handbook(tmp_path: Path, shop: Workshop) -> Path:
    folder = tmp_path / "handbook"
    folder.mkdir()
    name_it(folder, 'name = "shop"')
    return folder


def name_it(handbook: Path, *lines: str) -> None:
    (handbook / "trueline.toml").write_text(
        "\n".join(('schema = 1\nname = "handbook"\n\n[[repository]]\npath = "../shop"', *lines, ""))
    )


def ask(trueline: Trueline, handbook: Path, sql: str) -> list[tuple[Any, ...]]:
    rows = trueline("query", sql, "-C", handbook, "--format", "json").answers().json["rows"]
    return [tuple(row.values()) for row in rows]


def late(trueline: Trueline, handbook: Path, *more: str) -> list[dict[str, Any]]:
    shown = trueline("check", "-C", handbook, "--format", "json", *more).json
    return [one for one in shown["findings"] if one["rule"] == "delivery.finished_work_without_release"]


def test_evidence_is_followed_and_not_collected_again(trueline: Trueline, handbook: Path, shop: Workshop):
    trueline("collect", "-C", handbook)
    name_it(handbook, 'name = "store"', 'former_names = ["shop"]')
    assert ask(trueline, handbook, "select distinct repository from commits") == [("store",)]

    shop.commit("Wait longer", at=NOW - 190 * DAY)
    said = trueline("collect", "-C", handbook, "--format", "json").answers()

    new = {(row["source"], row["table"]): row["new_rows"] for row in said.json["collected"]}
    assert new["git/store", "commits"] == 1
    assert ask(trueline, handbook, "select repository, count(*) from commits group by repository") == [("store", 8)]
    assert ask(trueline, handbook, "select repository from repositories") == [("store",)]


def test_findings_stay_open_since_the_day_they_were_opened(trueline: Trueline, handbook: Path):
    trueline("collect", "-C", handbook)
    (before,) = late(trueline, handbook, "--record")
    name_it(handbook, 'name = "store"', 'former_names = ["shop"]')

    (after,) = late(trueline, handbook, "--record")

    assert (before["subject"], after["subject"]) == ("shop", "store")
    assert after["opened_on"] is not None
    assert ask(trueline, handbook, "select event, subject from observations where rule like '%without_release'") == [
        ("opened", "shop")
    ]


def test_without_the_former_name_it_is_another_repository(trueline: Trueline, handbook: Path):
    trueline("collect", "-C", handbook)
    name_it(handbook, 'name = "store"')
    assert ask(trueline, handbook, "select repository from commits") == []


def test_a_former_name_that_another_repository_has_is_refused(trueline: Trueline, handbook: Path):
    name_it(handbook, 'name = "store"', 'former_names = ["shop"]', '[[repository]]\nname = "shop"\npath = "../other"')
    said = trueline("collect", "-C", handbook)
    said.refuses("trueline.toml:9:", "shop", "above")
