"""A scan judges the past year as far as there is time, and the same head only once."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path

import pytest

from trueline.app import judged
from trueline.app.judged import YearJudged, judge_past_year
from trueline.app.workspace import Workspace, open_workspace

from .conftest import NOW, Workshop

NO_TIME = (0.0, 0.0, judged.SHARE_SECONDS + 1)
"""What a clock shows that leaves time for one part."""


@pytest.fixture
def shop(new_repository: Callable[..., Workshop], own_places: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.setattr(judged, "CHUNK", 2)
    made = new_repository("shop")
    for number in range(5):
        made.commit(f"Write {number}", {"tests/test_cart.py": f"def test_cart():\n    assert {number} == {number}\n"})
    return made


def opened(path: Path) -> Workspace:
    return open_workspace(path, environ=os.environ, now=datetime.fromtimestamp(NOW, UTC), report=lambda text: None)


def year(workspace: Workspace, *shown: float) -> YearJudged | None:
    clock = chain(shown, repeat(shown[-1] if shown else 0.0))
    return judge_past_year(workspace, lambda: next(clock))


def test_the_year_is_judged_as_far_as_there_is_time(shop):
    assert year(opened(shop.path), *NO_TIME) == YearJudged(judged=2, landed=5)


def test_the_same_head_again_is_not_judged_further(shop):
    year(opened(shop.path), *NO_TIME)

    assert year(opened(shop.path)) == YearJudged(judged=2, landed=5)


def test_after_the_next_change_judging_goes_on(shop):
    year(opened(shop.path), *NO_TIME)
    shop.commit("One more", {"tests/test_cart.py": "def test_cart():\n    assert 6 == 6\n"})

    assert year(opened(shop.path)) == YearJudged(judged=6, landed=6)
