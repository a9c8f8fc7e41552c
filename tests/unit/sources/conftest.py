"""Real little repositories, made with git itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

NOW = 1_772_000_000
"""Seconds since 1970, in February 2026: the present of these tests."""


class Workshop:
    """A repository in the making."""

    def __init__(self, path: Path, *init: str) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self._clock = NOW - 1_000_000
        self.git("init", "-q", "-b", "main", *init)

    def git(self, *arguments: str | bytes, stdin: bytes = b"", **environment: str) -> str:
        """Run git here and return what it printed, without the last line feed."""
        done = subprocess.run(
            ["git", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always", *arguments],
            cwd=self.path,
            env=_environment() | environment,
            input=stdin,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode(errors="surrogateescape").removesuffix("\n")

    def write(self, path: str | bytes, content: str | bytes) -> None:
        target = self.path / os.fsdecode(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(
        self,
        message: str = "Change something",
        files: dict[str | bytes, str | bytes] | None = None,
        author: tuple[str, str] = ("Ana Lima", "ana@harbour.test"),
        committer: tuple[str, str] | None = None,
        at: int | None = None,
    ) -> str:
        """Commit the files (one made for the purpose where none are named) and return the id."""
        self._clock += 60
        when = f"{self._clock if at is None else at} +0000"
        for path, content in ({"log.txt": str(self._clock)} if files is None else files).items():
            self.write(path, content)
        self.git("add", "--all")
        by = committer or author
        self.git(
            "commit", "-q", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-F", "-",
            stdin=message.encode("utf-8", "surrogateescape"),
            GIT_AUTHOR_NAME=author[0], GIT_AUTHOR_EMAIL=author[1], GIT_AUTHOR_DATE=when,
            GIT_COMMITTER_NAME=by[0], GIT_COMMITTER_EMAIL=by[1], GIT_COMMITTER_DATE=when,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD")

    def raw_commit(self, headers: bytes, message: bytes = b"raw\n") -> str:
        """Commit with the author, committer and other header lines exactly as given; move the branch there."""
        parents = self.git("rev-parse", "--verify", "--quiet", "HEAD") if self.has_commits() else ""
        lines = [b"tree " + self.git("write-tree").encode()]
        lines += [b"parent " + parents.encode()] if parents else []
        content = b"\n".join((*lines, headers.strip(b"\n"), b"", message))
        commit_id = self.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=content)
        self.git("update-ref", "HEAD", commit_id)
        return commit_id

    def has_commits(self) -> bool:
        return bool(self.git("rev-list", "--all", "--max-count=1"))


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    stamp = f"{NOW} +0000"
    return kept | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Ana Lima",
        "GIT_AUTHOR_EMAIL": "ana@harbour.test",
        "GIT_AUTHOR_DATE": stamp,
        "GIT_COMMITTER_NAME": "Ana Lima",
        "GIT_COMMITTER_EMAIL": "ana@harbour.test",
        "GIT_COMMITTER_DATE": stamp,
    }


@pytest.fixture
def new_repository(tmp_path: Path) -> Callable[..., Workshop]:
    """Make a repository under a name, with further arguments for `git init`."""
    return lambda name="repo", *init: Workshop(tmp_path / name, *init)
