"""Tell which contents of some pairs are here, which are submodules, and which are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from trueline.sources.git import Git

from .pair import Pair


class Presence(NamedTuple):
    """Ids that are not simply contents at hand."""

    submodules: frozenset[str]
    """Commits of other repositories, or of this one."""
    missing: frozenset[str]
    """Contents that this copy does not have."""


def presence(git: Git, pairs: Sequence[Pair]) -> Presence:
    """Return the submodules and the missing contents among the ids of the pairs."""
    ids = {object_id for pair in pairs for object_id in (pair.old, pair.new) if object_id is not None}
    asked = "".join(f"{object_id}\n" for object_id in sorted(ids)).encode()
    answers = git.output("cat-file", "--batch-check=%(objecttype) %(objectname)", "--buffer", stdin=asked).decode()
    no_contents = ids - {line[5:] for line in answers.split("\n") if line.startswith("blob ")}
    if not no_contents:
        return Presence(frozenset(), frozenset())
    # A submodule's commit is missing too, or is there for another reason: only a tree that has it can tell.
    commits = {pair.commit_id for pair in pairs if pair.old in no_contents or pair.new in no_contents}
    submodules = frozenset(no_contents & _submodules(git, commits))
    return Presence(submodules, frozenset(no_contents - submodules))


def _submodules(git: Git, commits: Iterable[str]) -> set[str]:
    """Return the ids that some of these commits record as submodules, before or after."""
    asked = "".join(f"{commit_id}\n" for commit_id in sorted(commits)).encode()
    printed = git.output(
        "diff-tree", "--stdin", "--root", "-r", "-z", "--raw", "--no-abbrev", "--no-commit-id", "--no-renames",
        "--ignore-submodules=none", stdin=asked,
    )  # fmt: skip
    found = set()
    for header in printed.split(b"\0")[:-1:2]:
        # git repeats the id of a commit that is missing itself; such ids stand before the header, one a line.
        old_mode, new_mode, old, new, _ = header.rpartition(b"\n")[2].decode("ascii").split(" ")
        found |= {object_id for mode, object_id in ((old_mode[1:], old), (new_mode, new)) if mode == "160000"}
    return found
