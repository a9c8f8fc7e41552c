"""The tables of tests as a query and as rules see them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Said, Workshop

TEST = "import pytest\n\n\n@pytest.mark.skip\ndef test_a():\n    assert total() == 3\n\n\ndef test_b():\n    total()\n"


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    made = new_repository("shop")
    made.commit("Begin", {"tests/test_cart.py": TEST, "src/cart.py": "def total():\n    return 3\n"})
    return made


def asked(trueline: Callable[..., Said], shop: Workshop, sql: str) -> list[dict[str, Any]]:
    said = trueline("query", "-C", shop.path, "--format", "jsonl", sql).answers()
    return [json.loads(line) for line in said.out.splitlines()]


def kept(own_places: Path) -> list[Path]:
    return list(own_places.glob("**/test_units/**/*.parquet"))


def test_tests_of_the_tree_can_be_asked_for(trueline, shop):
    rows = asked(trueline, shop, "select path, name, is_skipped, assertions from test_units order by unit")

    assert rows == [
        {"path": "tests/test_cart.py", "name": "test_a", "is_skipped": True, "assertions": 1},
        {"path": "tests/test_cart.py", "name": "test_b", "is_skipped": False, "assertions": 0},
    ]
    assert asked(trueline, shop, "select form, expected from test_assertions") == [
        {"form": "equality", "expected": "3"}
    ]


def test_code_is_parsed_only_for_who_asks_for_it(trueline, shop, own_places):
    asked(trueline, shop, "select count(*) as n from files")
    trueline("rule", "run", "-C", shop.path, "broken_reference").answers()
    before = kept(own_places)

    asked(trueline, shop, "select count(*) as n from test_units")

    assert before == []
    assert len(kept(own_places)) == 1


def test_a_test_that_changed_is_read_again_and_the_others_are_not(trueline, shop, own_places):
    asked(trueline, shop, "select count(*) as n from test_units")
    shop.write("tests/test_more.py", "def test_c():\n    assert 1 == total()\n")

    rows = asked(trueline, shop, "select name from test_units order by name")

    assert [row["name"] for row in rows] == ["test_a", "test_b", "test_c"]
    assert len(kept(own_places)) == 2


def test_a_check_and_a_metric_read_them(trueline, shop):
    found = trueline("rule", "run", "-C", shop.path, "test_unit_without_assertion").answers()
    shown = trueline("metric", "show", "-C", shop.path, "--format", "json", "tests_that_do_not_run").answers()

    assert "tests/test_cart.py test_b" in found.out
    assert json.loads(shown.out)["value"] == 0.5


def test_the_gate_does_not_parse_every_test_of_the_tree(trueline, shop, own_places):
    shop.write("tests/test_cart.py", TEST + "\n\ndef test_c():\n    total()\n")

    said = trueline("gate", "-C", shop.path, "--base", "HEAD", "--head", shop.path)

    assert said.status == 0
    assert kept(own_places) == []


def test_a_repository_without_tests_has_none_and_the_check_is_unknown(trueline, new_repository):
    bare = new_repository("bare")
    bare.commit("Begin", {"a.txt": "x\n"})

    assert asked(trueline, bare, "select count(*) as n from test_units") == [{"n": 0}]
    assert "nothing examined" in trueline("rule", "run", "-C", bare.path, "test_unit_without_assertion").answers().out
