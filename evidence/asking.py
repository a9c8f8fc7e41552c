"""Ask Trueline through its command line, and print what was compared."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TRUELINE = [sys.executable, "-m", "trueline.surfaces.cli"]

Figure = tuple[str, object, object]
"""What was counted, by Trueline, by git."""


def trueline(*arguments: str) -> str:
    """Run one command and return what it prints; what it complains about goes where ours goes."""
    command = [*TRUELINE, *arguments, "--quiet"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def query(repository: Path, sql: str) -> list[dict[str, Any]]:
    """Return the rows of one query on a repository's snapshot."""
    options = ("--format", "json", "--limit", "0", "--seconds", "600")
    rows: list[dict[str, Any]] = json.loads(trueline("query", sql, "-C", str(repository), *options))["rows"]
    return rows


def repositories_in(corpus: Path) -> list[Path]:
    """Return the repositories of a directory, by name."""
    return sorted(path for path in corpus.iterdir() if path.is_dir())


def report(compared: Iterable[tuple[Path, Iterable[Figure]]]) -> int:
    """Print one line per figure; return 1 where any differs."""
    differs = 0
    for repository, figures in compared:
        for figure, ours, theirs in figures:
            is_near = figure.startswith("truck factor") and abs(int(str(ours)) - int(str(theirs))) <= 1
            mark = "=" if ours == theirs else "within one" if is_near else "DIFFERS"
            differs += mark == "DIFFERS"
            print(f"{repository.name:<20} {figure:<58} {ours!s:>10} {theirs!s:>10} {mark}", flush=True)
    print(f"{differs} figures differ")
    return 1 if differs else 0
