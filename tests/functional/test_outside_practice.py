"""A practice of somebody else's: installed as a package, it is there like one of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "practice-example"

pytest.importorskip("hatchling", reason="the development requirements bring it")


@pytest.fixture
def installed_there(tmp_path: Path) -> dict[str, str]:
    """Install the example beside, and return the environment in which it is found."""
    site = tmp_path / "site"
    install = ["pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(site)]
    copy = tmp_path / "practice-example"
    subprocess.run(["cp", "-r", str(EXAMPLE), str(copy)], check=True)
    subprocess.run([sys.executable, "-m", *install, str(copy)], check=True, capture_output=True)
    return {**os.environ, "PYTHONPATH": str(site), "TRUELINE_CACHE_DIR": str(tmp_path / "cache")}


def said(environment: dict[str, str], folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trueline.surfaces.cli", *words, "-C", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_an_installed_practice_brings_its_rules_kinds_and_cases(installed_there: dict[str, str], tmp_path: Path):
    folder = tmp_path / "handbook"
    folder.mkdir()

    rules = said(installed_there, folder, "rule", "list", "--format", "csv")
    tested = said(installed_there, folder, "rule", "test", "runbook_past_review")
    written = said(installed_there, folder, "new", "runbook", "restore", "--set", "service=berths", "--dry-run")

    assert "runbooks.runbook_past_review,check" in rules.stdout, rules.stderr
    assert (tested.returncode, tested.stdout.splitlines()[-1].endswith("0 failures, 0 problems.")) == (0, True), tested
    assert "kind: runbook" in written.stdout, written
