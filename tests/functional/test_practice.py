"""A practice as a user meets it: listed, shown as text, JSON and page, and refused where there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop

Run = Callable[..., Said]
Make = Callable[..., Workshop]


@pytest.fixture
def shop(new_repository: Make) -> Workshop:
    repository = new_repository("shop")
    for number in range(12):
        person = ("Ana Lima", "ana@harbour.test") if number % 3 else ("Bo Chen", "bo@harbour.test")
        repository.commit(f"Change {number}", {f"src/{number}.py": f"x = {number}\n"}, author=person)
    return repository


def test_every_practice_is_listed_with_its_purpose(trueline: Run, shop: Workshop) -> None:
    listed = trueline("practice", "list", "-C", shop.path, "--format", "json").answers().json["practices"]

    assert {"conformance", "delivery", "people"} <= {row["practice"] for row in listed}
    assert all(row["purpose"] and row["accountable"] for row in listed)


def test_text_json_and_page_say_the_same_and_the_repository_is_left_alone(
    trueline: Run, shop: Workshop, tmp_path: Path
) -> None:
    trueline("scan", "-q", "-C", shop.path).answers()
    page = tmp_path / "people.html"

    told = trueline("practice", "show", "people", "-C", shop.path, "--format", "json").answers().json
    text = trueline("practice", "show", "people", "-C", shop.path).answers().out
    trueline("practice", "show", "people", "-C", shop.path, "--format", "html", "--output", page).answers()

    assert told["verdict"] in text
    assert told["verdict"] in page.read_text().replace("\u00a0", " ")
    assert {check["id"].partition(".")[0] for check in told["checks"]} == {"people"}
    assert next(metric for metric in told["metrics"] if metric["id"] == "people.truck_factor")["value"] == 1
    assert shop.git("status", "--porcelain") == ""
    assert not [word for word in ("Ana", "Lima", "ana@", "Chen") if word in page.read_text() + text]


def test_the_same_day_gives_the_same_page(trueline: Run, shop: Workshop) -> None:
    words = ("practice", "show", "delivery", "-C", shop.path, "--format", "html", "--as-of", "2026-02-25")
    trueline("collect", "-q", "-C", shop.path).answers()

    assert trueline(*words).answers().out == trueline(*words).answers().out


def test_a_practice_that_does_not_exist_is_told_with_the_nearest(trueline: Run, shop: Workshop) -> None:
    trueline("practice", "show", "peple", "-C", shop.path).refuses("there is no practice peple", "people")
