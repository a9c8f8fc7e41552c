"""PyDriller and Perceval beside Trueline on the same newest commits; neither is a dependency.

They are looked for in the virtual environment that RIVALS or `--rivals` names; where there is none,
the table says so. A ratio is of CPU per commit, because the three count a few commits more or less.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .budgets import Ground, Line
from .timer import Measured, RunFailed, measured

COMMITS = 1_500
"""Commits that are no merges, the newest of the history."""
HOW_TO = "not installed: `uv venv DIR && uv pip install --python DIR/bin/python pydriller perceval`, then RIVALS=DIR"

_PYDRILLER = """
import sys
from pydriller import Repository
path, before, after = sys.argv[1:]
commits = 0
for commit in Repository(path, from_commit=before, to_commit=after, only_no_merge=True).traverse_commits():
    commits += 1
    sum(file.added_lines + file.deleted_lines for file in commit.modified_files)
print(commits)
"""
_PERCEVAL = """
import sys
from datetime import datetime, timezone
from perceval.backends.core.git import Git
path, since = sys.argv[1:]
since = datetime.fromtimestamp(int(since), timezone.utc)
print(sum(1 for _ in Git(path, path).fetch(from_date=since, branches=["after"], no_update=True)))
"""


@dataclass(frozen=True)
class Newest:
    """The newest commits of a history, as a repository of two branches that shares its objects."""

    path: Path
    before: str
    after: str
    committed_at: str
    """Of the commit before, in seconds since 1970."""
    commits: int
    """After it, merges left out."""


def rival_lines(ground: Ground, rivals: Path | None) -> Iterator[Line]:
    """Measure Trueline, bare git and what is installed of the others."""
    newest = newest_commits(ground)
    _cut_off(newest)
    parts = [ground.probe(what, str(newest.path), "after")[0] for what in ("collect", "lines")]
    (newest.path / "shallow").unlink()
    ours = sum(part.cpu_seconds for part in parts) / newest.commits
    what = f"newest {newest.commits:,} commits with lines, CPU"
    log = ["git", "-C", str(newest.path), "log", "--raw", "--numstat", "-z", "-M", f"{newest.before}..{newest.after}"]
    yield _line(what, ours, "git log", measured(log, os.environ), newest.commits)
    for name, script, arguments in (
        ("PyDriller", _PYDRILLER, (newest.before, newest.after)),
        ("Perceval", _PERCEVAL, (newest.committed_at,)),
    ):
        python = rivals / "bin" / "python" if rivals else None
        try:
            if python is None:
                raise RunFailed(HOW_TO)
            done = measured([str(python), "-c", script, str(newest.path), *arguments], os.environ, keep=True)
        except (RunFailed, OSError):
            told = HOW_TO if python is None else "failed here"
            yield Line(what, _milliseconds(ours), "none", True, f"{name}: {told}")
        else:
            yield _line(what, ours, name, done, int(done.printed.split()[-1]))


def newest_commits(ground: Ground) -> Newest:
    """Make the repository of two branches anew."""
    path = ground.work / "newest.git"
    ground.forget()
    _git(ground.history, "init", "--quiet", "--bare", str(path))
    objects = Path(_git(ground.history, "rev-parse", "--absolute-git-dir")) / "objects"
    (path / "objects" / "info" / "alternates").write_text(f"{objects}\n", encoding="utf-8")
    # Perceval asks for the branches of a shared store too, which are not part of the range, nor always whole.
    _git(path, "config", "core.alternateRefsCommand", "true")
    line = _git(ground.history, "rev-list", "--first-parent", "HEAD").split()
    few, many = 0, len(line) - 1
    while many - few > 1:  # the first parent that leaves so many commits behind it
        middle = (few + many) // 2
        is_enough = _count(ground.history, line[middle], line[0]) >= COMMITS
        few, many = (few, middle) if is_enough else (middle, many)
    before, after = line[many], line[0]
    for branch, commit_id in (("before", before), ("after", after)):
        _git(path, "update-ref", f"refs/heads/{branch}", commit_id)
    _git(path, "symbolic-ref", "HEAD", "refs/heads/after")
    return Newest(path, before, after, _git(path, "log", "-1", "--format=%ct", before), _count(path, before, after))


def _cut_off(newest: Newest) -> None:
    """Let the history begin where the range does: Trueline always reads all of it."""
    boundary = _git(newest.path, "rev-list", "--boundary", f"{newest.before}..{newest.after}").split()
    cut = "".join(f"{word[1:]}\n" for word in boundary if word.startswith("-"))
    (newest.path / "shallow").write_text(cut, encoding="ascii")


def _count(repository: Path, before: str, after: str) -> int:
    return int(_git(repository, "rev-list", "--count", "--no-merges", f"{before}..{after}"))


def _git(repository: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(repository), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _line(what: str, ours: float, name: str, rival: Measured, commits: int) -> Line:
    theirs = rival.cpu_seconds / commits
    told = f"{name}: {commits:,} commits, {_milliseconds(theirs)}"
    return Line(what, _milliseconds(ours), "none", True, told, f"{ours / theirs:.2f}")


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms a commit"
