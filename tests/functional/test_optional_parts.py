"""What is only needed for drawing may be missing: everything else still works and says so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Workshop

WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
sys.argv = ["trueline", *sys.argv[1:]]
from trueline.surfaces.cli.main import main
main()
"""


def run_without(names: set[str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT.format(names=names), *words]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ, timeout=60, check=False)


@pytest.fixture
def drawn(new_repository: Callable[..., Workshop]) -> Workshop:
    repository = new_repository()
    for number in range(30):
        repository.commit(files={"README.md": f"# R {number}\n"}, at=1_771_900_000 - (30 - number) * 86_400)
    return repository


def test_without_the_drawing_part_a_scan_still_answers(own_places: Path, drawn: Workshop):
    for form in ("text", "html"):
        done = run_without({"vl_convert"}, "scan", str(drawn.path), "--format", form, "--as-of", "2026-02-24")
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
    assert "<svg" not in done.stdout
    assert "vl-convert-python" in done.stdout + done.stderr


def test_with_it_the_same_page_has_drawings(own_places: Path, drawn: Workshop):
    done = run_without(set(), "scan", str(drawn.path), "--format", "html", "--as-of", "2026-02-24")

    assert "<svg" in done.stdout


def test_only_a_page_needs_what_draws_and_renders(own_places: Path, drawn: Workshop):
    for words in (["scan", str(drawn.path), "--format", "json"], ["check", "-C", str(drawn.path)]):
        done = run_without({"vl_convert", "jinja2", "rich"}, *words)
        assert done.returncode == 0, done.stderr
