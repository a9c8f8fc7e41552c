"""Figures that git gives itself, without any of Trueline's code."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

PINS = ["-c", "diff.renameLimit=0", "-c", "diff.algorithm=myers", "-c", "core.quotePath=false"]


@dataclass(frozen=True)
class Figures:
    """What git says of one repository."""

    commits: int
    first_parents: int
    merges: int
    changes: int
    tags: int
    unreleased: int
    paths: frozenset[str]


def git(repository: Path, *arguments: str, stdin: str | None = None) -> str:
    """Return what git prints."""
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    done = subprocess.run(
        ["git", "-C", str(repository), *PINS, *arguments],
        check=True,
        capture_output=True,
        env=environment,
        input=stdin,
        text=True,
        errors="replace",
    )
    return done.stdout


def figures(repository: Path, release_tags: list[str]) -> Figures:
    """Return the figures of a repository's head."""
    names = git(repository, "for-each-ref", "--format=%(refname)^{commit}", "refs/tags")
    peeled = git(repository, "cat-file", "--batch-check", stdin=names).splitlines()
    excluded = "".join(f"^refs/tags/{tag}\n" for tag in release_tags)
    renames = git(repository, "log", "--raw", "-z", "--no-merges", "--format=", "-M", "HEAD")
    return Figures(
        commits=int(git(repository, "rev-list", "--count", "HEAD")),
        first_parents=int(git(repository, "rev-list", "--count", "--first-parent", "HEAD")),
        merges=int(git(repository, "rev-list", "--count", "--merges", "HEAD")),
        changes=sum(field.startswith(":") for field in renames.split("\0")),
        tags=sum(line.split()[1:2] == ["commit"] for line in peeled),
        unreleased=int(git(repository, "rev-list", "--count", "--stdin", stdin=f"HEAD\n{excluded}")),
        paths=_paths(git(repository, "ls-tree", "-r", "-z", "HEAD")),
    )


def _paths(listed: str) -> frozenset[str]:
    """Return the paths of a tree, submodules left out."""
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry]
    return frozenset(path for head, _, path in entries if head.split()[1] != "commit")
