"""Pairs of a test file before and after, in every language with braces: what the change does to enforcement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from trueline.analyses.enforcement.compare import compare_ledgers
from trueline.model.enforcement import Ledger
from trueline.sources.enforcement.read import read_ledger

PAIRS = Path(__file__).parent / "pairs_languages"


def _pairs() -> Iterator[Any]:
    for file in sorted(PAIRS.glob("*.yaml")):
        declared = yaml.safe_load(file.read_text(encoding="utf-8"))
        for name, pair in declared["pairs"].items():
            yield pytest.param(declared, pair, id=f"{file.stem}: {name}")


def _ledgers(declared: Mapping[str, Any], pair: Mapping[str, Any], side: str) -> list[Ledger]:
    path = pair.get("path", declared["path"])
    if f"{side}_whole" in pair:
        files = {path: pair[f"{side}_whole"]}
    elif isinstance(pair[side], str):
        files = {path: declared.get("frame", "%s").replace("%s", pair[side])}
    else:
        files = pair[side]
    return [read_ledger(path, text.encode()) for path, text in files.items()]


@pytest.mark.parametrize(("declared", "pair"), list(_pairs()))
def test_a_change_does_to_enforcement_what_is_declared(declared: dict[str, Any], pair: dict[str, Any]) -> None:
    before, after = _ledgers(declared, pair, "before"), _ledgers(declared, pair, "after")

    compared = compare_ledgers(before, after)

    assert sorted({change.kind for change in compared.weaker}) == sorted(pair["kinds"])
    assert compared.unreadable == ()
