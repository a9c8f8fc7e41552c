"""Write one git repository through `git fast-import`: the same calls give the same object ids anywhere.

It knows commits, tags and trees; what the story is about is told elsewhere.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

MAIN = "refs/heads/main"
SIDE = "refs/heads/side"
"""Commits of branches live here while the story is told; the name is gone in the end, the commits are merged."""

EXECUTABLE = (".sh",)


@dataclass(frozen=True)
class Signature:
    """Who wrote or committed, and when."""

    name: str
    address: str
    at: datetime
    """Aware; its offset is kept."""

    def __str__(self) -> str:
        return f"{self.name} <{self.address}> {int(self.at.timestamp())} {self.at.strftime('%z')}"


@dataclass(frozen=True)
class Tag:
    """A release as the story needs it afterwards."""

    name: str
    commit_id: str
    at: datetime


class History:
    """One repository that is being written; use it as a context manager."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.files: dict[str, str] = {}
        """The tree at the tip of the main line."""
        self.tip = 0
        self.tags: list[Tag] = []
        self._marks = 0

    def __enter__(self) -> History:
        self.directory.mkdir(parents=True)
        options = ("--quiet", "--template=", "--object-format=sha1", "--initial-branch=main")
        git(self.directory, "init", *options)
        self._process = subprocess.Popen(
            ["git", "-C", str(self.directory), "fast-import", "--quiet", "--done", "--date-format=raw"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._process.kill()
            self._process.communicate()
            return
        self._process.communicate(b"done\n")
        if self._process.returncode:
            raise RuntimeError(f"git fast-import ended with {self._process.returncode} in {self.directory}")
        git(self.directory, "update-ref", "-d", SIDE)
        git(self.directory, "reset", "--quiet", "--hard", "main")

    def commit(
        self,
        author: Signature,
        committer: Signature,
        message: str,
        edits: Mapping[str, str | None],
        *,
        parent: int | None = None,
        merged: int | None = None,
    ) -> int:
        """Write one commit and return its mark: on the main line, or beside it when `parent` is given.

        `edits` maps paths to their whole new text, None deletes.
        """
        self._marks += 1
        lines = [
            f"commit {MAIN if parent is None else SIDE}",
            f"mark :{self._marks}",
            f"author {author}",
            f"committer {committer}",
        ]
        self._write("\n".join(lines) + "\n" + block(message + "\n"))
        first = self.tip if parent is None else parent
        if first:
            self._write(f"from :{first}\n")
        if merged:
            self._write(f"merge :{merged}\n")
        for path, text in sorted(edits.items()):
            self._write(f"D {path}\n" if text is None else f"M {mode(path)} inline {path}\n" + block(text))
        self._write("\n")
        if parent is None:
            self._apply(edits)
            self.tip = self._marks
        return self._marks

    def tag(self, name: str, tagger: Signature, message: str | None) -> None:
        """Tag the tip of the main line; a tag without a message is a lightweight one."""
        if message is None:
            self._write(f"reset refs/tags/{name}\nfrom :{self.tip}\n\n")
        else:
            self._write(f"tag {name}\nfrom :{self.tip}\ntagger {tagger}\n" + block(message + "\n"))
        self.tags.append(Tag(name, self.object_id(self.tip), tagger.at))

    def object_id(self, mark: int) -> str:
        """Return the object id of a commit already written."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._write(f"get-mark :{mark}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().decode("ascii").strip()

    def _apply(self, edits: Mapping[str, str | None]) -> None:
        for path, text in edits.items():
            if text is None:
                del self.files[path]
            else:
                self.files[path] = text

    def _write(self, text: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(text.encode())


def block(text: str) -> str:
    """Return a text as fast-import wants it, with its length in bytes."""
    return f"data {len(text.encode())}\n{text}\n"


def mode(path: str) -> str:
    """Return the mode of a file: scripts are executable."""
    return "100755" if path.endswith(EXECUTABLE) else "100644"


def environment() -> dict[str, str]:
    """Return an environment in which no configuration of the user or the machine counts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}


def git(directory: Path, *arguments: str) -> str:
    """Run git there and return what it printed."""
    command = ["git", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null"]
    done = subprocess.run(
        [*command, "-C", str(directory), *arguments], check=True, capture_output=True, env=environment()
    )
    return done.stdout.decode().strip()
