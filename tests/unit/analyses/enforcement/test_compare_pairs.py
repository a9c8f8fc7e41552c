"""Pairs of files before and after, written for this purpose, and the kinds of change that they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from trueline.analyses.enforcement.compare import compare_ledgers
from trueline.model.enforcement import Compared, Ledger
from trueline.sources.enforcement.read import read_ledger

FOLDER = Path(__file__).parent / "pairs"
PAIRS: dict[str, dict[str, Any]] = {
    name: pair for path in sorted(FOLDER.glob("*.yaml")) for name, pair in yaml.safe_load(path.read_text()).items()
}


def ledgers(files: str | Mapping[str, str]) -> list[Ledger]:
    named = {"tests/test_shop.py": files} if isinstance(files, str) else files
    return [read_ledger(path, text.encode()) for path, text in named.items()]


def compared(pair: Mapping[str, Any]) -> Compared:
    return compare_ledgers(ledgers(pair["before"]), ledgers(pair["after"]))


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_is_the_kind_of_change_that_it_is_labelled(name: str) -> None:
    pair = PAIRS[name]

    found = compared(pair)

    assert sorted({each.kind for each in found.weaker}) == pair.get("expect", []), found.weaker
    if "certain" in pair:
        assert sorted({each.kind for each in found.weaker if each.confidence == "certain"}) == pair["certain"]
    if "stronger" in pair:
        assert sorted({each.kind for each in found.stronger}) == pair["stronger"], found.stronger


@pytest.mark.parametrize("name", PAIRS)
def test_what_a_change_strengthens_its_reverse_weakens(name: str) -> None:
    pair = PAIRS[name]

    forth = compared(pair)
    back = compare_ledgers(ledgers(pair["after"]), ledgers(pair["before"]))

    neither = {"expected_changed", "golden_changed"}
    assert sorted(each.kind for each in forth.stronger) == sorted(
        each.kind for each in back.weaker if each.kind not in neither
    )


@pytest.mark.parametrize("name", PAIRS)
def test_a_side_compared_with_itself_yields_nothing(name: str) -> None:
    for side in ("before", "after"):
        same = ledgers(PAIRS[name][side])
        assert compare_ledgers(same, same) == compare_ledgers([], [])
