"""Whole outputs stay as they are until somebody means to change them: `make golden`, then read the difference."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from docs_build.harbour import AS_OF
from scenes import EXPECTED, README, SCENES, Stage, excerpt


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage.in_folder(tmp_path_factory.mktemp("golden"))


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_plays_as_it_is_written(name: str, stage: Stage):
    text, status = stage.play(SCENES[name])

    assert status == SCENES[name].status
    assert text == (EXPECTED / name).read_text(encoding="utf-8"), "if this is meant: make golden"


def test_nothing_is_expected_that_is_not_played():
    assert {path.name for path in EXPECTED.iterdir()} == set(SCENES)


@pytest.mark.parametrize("form", ["html", "json", "text"])
def test_the_same_scan_twice_gives_the_same_bytes(form: str, stage: Stage):
    words = ("scan", "--as-of", AS_OF, "--quiet", "--format", form)

    assert stage.said(words, "berths") == stage.said(words, "berths")


def test_the_readme_shows_what_the_scan_prints():
    readme = README.read_text(encoding="utf-8")

    assert excerpt((EXPECTED / "scan.txt").read_text(encoding="utf-8")) in readme
