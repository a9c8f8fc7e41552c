"""`trueline completion`, and what a shell gets when somebody presses tab."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trueline.app.definitions import load_definitions
from trueline.app.names import write_names
from trueline.app.workspace import open_workspace

from .conftest import Said

Run = Callable[..., Said]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_asks_the_program(trueline: Run, shell: str):
    said = trueline("completion", shell).answers()

    assert f"_TRUELINE_COMPLETE={shell}_complete" in said.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_the_shell_can_read(trueline: Run, shell: str):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")

    read = subprocess.run(
        [shell, "-n"], input=trueline("completion", shell).out, capture_output=True, text=True, check=False
    )

    assert (read.returncode, read.stderr) == (0, "")


def test_another_shell_is_refused_with_those_that_there_are(trueline: Run):
    trueline("completion", "tcsh").refuses("bash", "zsh", "fish")
    trueline("completion").refuses("name a shell: bash, zsh, fish")


def completed(installed: Run, cwd: Path, *words: str) -> list[str]:
    """Return what bash would be offered for the last word."""
    said = installed(
        cwd=cwd,
        _TRUELINE_COMPLETE="bash_complete",
        COMP_WORDS=" ".join(["trueline", *words]),
        COMP_CWORD=str(len(words)),
    ).answers()
    return [line.partition(",")[2] for line in said.out.splitlines() if line]


def test_kinds_are_completed_from_the_index_and_nothing_without_it(installed: Run, own_places: Path, tmp_path: Path):
    home = tmp_path / "home"
    (home / "below").mkdir(parents=True)
    assert completed(installed, home, "new", "de") == []

    environ = {"TRUELINE_CACHE_DIR": str(own_places), "TRUELINE_CONFIG_DIR": str(own_places.parent / "config")}
    workspace = open_workspace(home, environ=environ, now=datetime(2026, 3, 2, tzinfo=UTC), report=lambda text: None)
    write_names(workspace.cache, load_definitions(workspace.settings), [])

    assert completed(installed, home, "new", "de") == ["decision", "deviation"]
    assert completed(installed, home / "below", "new", "ch") == ["charter"]
    assert completed(installed, tmp_path, "new", "-C", "home", "te") == ["team"]
    assert completed(installed, tmp_path, "new", "te") == []
