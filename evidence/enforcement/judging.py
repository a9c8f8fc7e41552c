"""Ask the gate about labelled changes, as a replay does: each change alone, nothing of a label is passed on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from trueline.app.replay_commits import ReplayCommit, changes_of
from trueline.app.replay_judging import judge_chunk
from trueline.sources.git import Git

from .labels import Label, git_directory


@dataclass(frozen=True)
class Answer:
    """What a judge said of one labelled change."""

    label: Label
    kinds: frozenset[str]
    certain: frozenset[str]
    """The kinds that it is certain of: what could block."""
    found: tuple[dict[str, Any], ...] = ()
    """Each weakening with path, unit, old and new."""

    @property
    def is_reported(self) -> bool:
        return bool(self.kinds)


def answers(corpus: Path, labels: Sequence[Label]) -> Iterator[Answer]:
    """Yield an answer to every label whose repository lies under a directory."""
    for repository, of_it in groupby(labels, key=lambda label: label.repository):
        git = git_directory(corpus, repository)
        if git is not None:
            yield from _judged(git.resolve(), list(of_it))


def parent_of(git: Path, commit: str) -> str:
    """Return the id of a commit's first parent."""
    command = ["git", "--git-dir", str(git), "rev-parse", "--verify", f"{commit}^1"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _judged(git: Path, labels: Sequence[Label]) -> Iterator[Answer]:
    for label in labels:
        parent = parent_of(git, label.commit)
        base, head = (label.commit, parent) if label.is_reversed else (parent, label.commit)
        (judged,) = judge_chunk(git, list(changes_of(Git(git, git), [ReplayCommit(head, (base,))])))
        kinds = frozenset(one["kind"] for one in judged.weaker)
        certain = frozenset(one["kind"] for one in judged.weaker if one["confidence"] == "certain")
        yield Answer(label, kinds, certain, judged.weaker)
