"""Read the labelled set: index.yaml, and where its repositories lie on this machine. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

INDEX = Path(__file__).with_name("index.yaml")

PARTS = ("development", "held_out", "development_2", "held_out_2")
"""What the gate was mended with, and what it was scored on; the second pair was read a session later."""


@dataclass(frozen=True)
class Label:
    """What a reader said of one change."""

    repository: str
    """owner/name."""
    language: str
    part: str
    """One of `PARTS`."""
    commit: str
    is_reversed: bool
    """True where the change leads from the commit back to its parent."""
    is_weakened: bool
    is_clear: bool
    kinds: frozenset[str]
    family: str | None
    """Of a benign change."""
    paths: tuple[str, ...]
    """Where to look."""

    @property
    def is_rearranged(self) -> bool:
        """Return True for a benign change that only moved, parametrised or restyled tests."""
        return self.family in ("moved", "parametrised", "restyled")

    @property
    def name(self) -> str:
        return f"{self.repository} {self.commit[:10]}{' reversed' if self.is_reversed else ''}"


def labels(index: Path = INDEX) -> list[Label]:
    """Return the whole labelled set."""
    return list(_labels(yaml.safe_load(index.read_text(encoding="utf-8"))))


def git_directory(corpus: Path, repository: str) -> Path | None:
    """Return where a repository lies under a directory; None where it is not there."""
    owner, _, name = repository.partition("/")
    for place in (f"{owner}+{name}/repo", f"{owner}+{name}", f"{owner}/{name}", name):
        for git in (corpus / place / ".git", corpus / place):
            if (git / "HEAD").is_file():
                return git
    return None


def _labels(index: Mapping[str, Any]) -> Iterator[Label]:
    for repository, entry in index.items():
        for change in entry["changes"]:
            yield Label(
                repository,
                entry["language"],
                entry["part"],
                change["commit"],
                change.get("reversed", False),
                change["label"] == "weakened",
                change["clear"],
                frozenset(change.get("kinds", ())),
                change.get("family"),
                tuple(change["paths"]),
            )
