"""Ask checkwash about labelled changes, through its command line; it is no dependency, and runs where RIVALS says.

A change counts as reported from its level `warn` on. It is slow on long histories, so each question has a limit.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from .judging import Answer, parent_of
from .labels import Label, git_directory

SECONDS = 60
"""For one change; what takes longer is not answered."""
HOW_TO = "not installed: `uv venv DIR && uv pip install --python DIR/bin/python checkwash`, then RIVALS=DIR"
_REPORTED = ("warn", "high", "critical")


def program_in(rivals: Path | None) -> Path | None:
    """Return checkwash in a virtual environment; None where it is not installed."""
    program = rivals / "bin" / "checkwash" if rivals else None
    return program if program is not None and program.is_file() else None


def sample(labels: Sequence[Label], count: int) -> list[Label]:
    """Return some clear changes, half of them weakened where there are so many; always the same."""
    in_order = sorted((one for one in labels if one.is_clear), key=lambda one: sha256(one.commit.encode()).digest())
    weakened = [one for one in in_order if one.is_weakened][: count // 2]
    benign = [one for one in in_order if not one.is_weakened][: count - count // 2]
    return sorted((*weakened, *benign), key=lambda one: one.repository)


def answers_of_checkwash(program: Path, corpus: Path, labels: Sequence[Label]) -> Iterator[Answer]:
    """Yield an answer for each change that checkwash judged within its time."""
    for label in labels:
        git = git_directory(corpus, label.repository)
        is_weaker = _is_reported(program, git.resolve(), label) if git is not None else None
        if is_weaker is not None:
            said = frozenset({"reported"} if is_weaker else ())
            yield Answer(label, said, frozenset())


def _is_reported(program: Path, git: Path, label: Label) -> bool | None:
    parent = parent_of(git, label.commit)
    base, head = (label.commit, parent) if label.is_reversed else (parent, label.commit)
    command = [str(program), "check", f"{base}..{head}", "--format", "json", "--fail-on", "warn", "--repo", str(git)]
    try:
        printed = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS).stdout
        summary = json.loads(printed)["summary"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    return any(summary[level] for level in _REPORTED)
