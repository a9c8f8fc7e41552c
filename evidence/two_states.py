"""A repository as it was and as it is: two bare ones that share its objects and copy none."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from .git_figures import git


@dataclass(frozen=True)
class TwoStates:
    """Where they are."""

    earlier: Path
    """The first half of the line of first parents, without tags."""
    whole: Path


def two_states(repository: Path, folder: Path) -> TwoStates:
    """Make both in a folder; refs keep their times, by which Trueline tells when a copy was fetched."""
    source = Path(git(repository, "rev-parse", "--absolute-git-dir").strip())
    whole, earlier = folder / "whole.git", folder / "earlier.git"
    shutil.copytree(source, whole, ignore=shutil.ignore_patterns("objects", "index", "worktrees", "lfs"))
    main_line = git(repository, "rev-list", "--first-parent", "HEAD").split()
    branch = git(repository, "symbolic-ref", "HEAD").strip()
    earlier.mkdir()
    for present in (path for path in (source / "HEAD", source / "config") if path.exists()):
        shutil.copy2(present, earlier)
    (earlier / branch).parent.mkdir(parents=True)
    (earlier / branch).write_text(f"{main_line[len(main_line) // 2]}\n", encoding="ascii")
    for state in (whole, earlier):
        (state / "objects" / "info").mkdir(parents=True)
        (state / "objects" / "info" / "alternates").write_text(f"{source / 'objects'}\n", encoding="utf-8")
    return TwoStates(earlier, whole)
