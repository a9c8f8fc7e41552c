"""Pairs of trees as data: what enforcement loses between them, measured without test units."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from trueline.analyses.enforcement.measures import lost_measures
from trueline.model.enforcement import Ledger
from trueline.sources.enforcement.read import read_ledger

PAIRS = Path(__file__).parents[2] / "analyses" / "enforcement" / "pairs_measures"


def _pairs() -> list[Any]:
    return [
        pytest.param(pair, id=f"{file.stem}: {name}")
        for file in sorted(PAIRS.glob("*.yaml"))
        for name, pair in yaml.safe_load(file.read_text("utf-8")).items()
    ]


def _ledgers(tree: dict[str, str]) -> list[Ledger]:
    return [read_ledger(path, text.encode()) for path, text in sorted(tree.items())]


@pytest.mark.parametrize("pair", _pairs())
def test_a_change_loses_what_its_pair_says(pair: dict[str, Any]) -> None:
    before, after = _ledgers(pair["before"]), _ledgers(pair["after"])

    lost = lost_measures(before, after)

    assert {change.kind for change in lost} == set(pair["expect"]), lost


@pytest.mark.parametrize("pair", _pairs())
def test_a_tree_compared_with_itself_loses_nothing(pair: dict[str, Any]) -> None:
    for side in ("before", "after"):
        assert lost_measures(_ledgers(pair[side]), _ledgers(pair[side])) == []
