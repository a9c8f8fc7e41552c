"""Small real repositories, and the command line as a user meets it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from trueline.surfaces.cli.main import run

NOW = 1_772_000_000
"""Seconds since 1970, in February 2026: the present of these repositories."""

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What may never reach a terminal: it moves the cursor, colours, or turns the reading direction."""


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
            ["git", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always", "-c", "gc.auto=0", *arguments],
            cwd=self.path,
            env=git_environment() | environment,
            input=stdin,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode(errors="surrogateescape").removesuffix("\n")

    def write(self, path: str | bytes, content: str | bytes) -> Path:
        target = self.path / os.fsdecode(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def commit(
        self,
        message: str = "Change something",
        files: Mapping[Any, str | bytes] | None = None,
        author: tuple[str, str] = ("Ana Lima", "ana@harbour.test"),
        at: int | None = None,
    ) -> str:
        """Commit the files (one made for the purpose where none are named) and return the id."""
        self._clock += 3600
        when = f"@{self._clock if at is None else at} +0000"
        for path, content in ({"log.txt": str(self._clock)} if files is None else files).items():
            self.write(path, content)
        self.git("add", "--all")
        self.git(
            "commit", "-q", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-F", "-",
            stdin=message.encode("utf-8", "surrogateescape"),
            GIT_AUTHOR_NAME=author[0], GIT_AUTHOR_EMAIL=author[1], GIT_AUTHOR_DATE=when,
            GIT_COMMITTER_NAME=author[0], GIT_COMMITTER_EMAIL=author[1], GIT_COMMITTER_DATE=when,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD")


@dataclass(frozen=True)
class Said:
    """What a run of the command line came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def is_told_well(self) -> Said:
        """Fail where a user would meet a traceback, our own defect, or text that acts on a terminal."""
        assert "Traceback" not in self.err, self.err
        assert "defect of Trueline" not in self.err, self.err
        assert '"code": "defect"' not in self.out, self.out
        assert not HARMFUL.search(self.out), ascii(HARMFUL.search(self.out))
        assert not HARMFUL.search(self.err), ascii(self.err)
        return self

    def refuses(self, *words: str, status: int = 2) -> Said:
        """Fail unless the command ended with that status and an error that has all the words."""
        self.is_told_well()
        assert self.status == status, (self.status, self.out, self.err)
        told = (self.err + self.out).lower()
        assert all(word.lower() in told for word in words), told
        return self

    def answers(self) -> Said:
        """Fail unless the command ended with 0."""
        self.is_told_well()
        assert self.status == 0, (self.status, self.out[-500:], self.err)
        return self


def git_environment() -> dict[str, str]:
    """Return an environment in which nothing of this machine changes what git makes."""
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


def everything_in(folder: Path) -> dict[str, tuple[int, str]]:
    """Return mode and digest of every file, link and folder below a folder, `.git` and empty folders included."""
    found = {}
    for place in sorted(folder.rglob("*")):
        mode = place.lstat().st_mode
        content = b""
        if stat.S_ISLNK(mode):
            content = os.fsencode(place.readlink())
        elif stat.S_ISREG(mode):
            content = place.read_bytes()
        found[os.fsencode(place.relative_to(folder)).decode("latin-1")] = (mode, hashlib.sha256(content).hexdigest())
    return found


@pytest.fixture
def new_repository(tmp_path: Path) -> Callable[..., Workshop]:
    """Make a repository under a name, with further arguments for `git init`."""
    return lambda name="repo", *init: Workshop(tmp_path / name, *init)


@pytest.fixture
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give this test a cache and a configuration directory of its own; return the cache."""
    for name in [name for name in os.environ if name.startswith(("TRUELINE_", "GIT_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TRUELINE_CACHE_DIR", str(tmp_path / "own" / "cache"))
    monkeypatch.setenv("TRUELINE_CONFIG_DIR", str(tmp_path / "own" / "config"))
    return tmp_path / "own" / "cache"


@pytest.fixture
def trueline(own_places: Path) -> Callable[..., Said]:
    """Run the command line in this process; its output has to be UTF-8, as that of a terminal."""

    def call(*words: str | Path) -> Said:
        with _captured() as (out, err):
            status = run([str(word) for word in words])
        return Said(status, out(), err())

    return call


@pytest.fixture
def installed(own_places: Path) -> Callable[..., Said]:
    """Run the installed program in a process of its own, killed after 30 s."""

    def call(
        *words: str | Path, cwd: Path | None = None, before: Callable[[], None] | None = None, **more: str
    ) -> Said:
        command = [str(Path(sys.executable).parent / "trueline"), *map(str, words)]
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **more},
            capture_output=True,
            timeout=30,
            check=False,
            preexec_fn=before,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@contextlib.contextmanager
def _captured() -> Iterator[tuple[Callable[[], str], Callable[[], str]]]:
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    readers = [lambda stream=stream: stream.buffer.getvalue().decode() for stream in streams]  # type: ignore[attr-defined]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        yield readers[0], readers[1]
