"""Run git: the only place that starts it.

A repository's own configuration can start programs and change counts, and so can the user's
and the environment; here none of them can. Only reading commands are let through, nothing is
fetched, nothing is written. What the output means is not known here.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from trueline.model.errors import GitRefused

READING = frozenset(
    {
        *("cat-file", "check-attr", "check-mailmap", "config", "count-objects", "diff-tree", "for-each-ref", "log"),
        *("ls-files", "ls-tree", "merge-base", "name-rev", "rev-list", "rev-parse", "symbolic-ref", "version"),
    }
)
"""Commands that neither write nor run a filter. `status` and `diff` are absent: on a working tree
they run the clean filters that the repository's configuration names."""

PINS = {
    "core.alternateRefsCommand": "",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.quotePath": "false",
    "core.untrackedCache": "false",
    "diff.algorithm": "myers",
    "diff.external": "",
    "diff.ignoreSubmodules": "none",
    "diff.interHunkContext": "0",
    "diff.orderFile": os.devnull,
    "diff.renameLimit": "1000",
    "diff.renames": "true",
    "diff.submodule": "short",
    "gc.auto": "0",
    "i18n.logOutputEncoding": "UTF-8",
    "log.follow": "false",
    "log.mailmap": "true",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "mailmap.file": os.devnull,
    "maintenance.auto": "false",
    # Someone else's checkout is usual in CI. The check guards against what the configuration of
    # such a repository could start, and the pins above leave it nothing to start.
    "safe.directory": "*",
}

_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    # Nobody talks back and forth with git here; without this it flushes after every commit.
    "GIT_FLUSH": "0",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "TZ": "UTC",
}

_QUARANTINE = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
"""Where git keeps what a push brings until its hooks have accepted it; believed only inside such a hook."""

_PIPE_BYTES = 1 << 20
_STDERR_SHOWN = 600


class GitFailed(GitRefused):
    """git ended with a status that is no answer."""

    def __init__(self, message: str, status: int, *, fix: str = "") -> None:
        super().__init__(message, fix=fix)
        self.status = status
        """Below zero where a signal stopped it."""


@dataclass(frozen=True)
class Git:
    """git, started in one directory."""

    directory: Path
    git_dir: Path | None = None
    """None lets git look for a repository upwards from the directory."""

    def output(
        self, *arguments: str, stdin: bytes = b"", config: Sequence[str] = (), accept: Sequence[int] = (0,)
    ) -> bytes:
        """Return all that a command prints.

        Args:
            arguments: the command and its arguments, without `git`.
            stdin: what it reads.
            config: further settings, as `name=value`.
            accept: exit statuses that are an answer; an accepted one that is not 0 returns no bytes.

        Raises:
            GitFailed: git ended with another status.
            GitRefused: git could not be started.
        """
        done = _started(self._command(arguments, config), self._environment(), self.directory, stdin)
        with done.process as process, done.stderr:
            assert process.stdout is not None
            printed = process.stdout.read()
            status = process.wait()
            if status not in accept:
                raise _refusal(arguments, status, done.stderr)
        return printed if status == 0 else b""

    def stream(self, *arguments: str, stdin: bytes = b"", config: Sequence[str] = ()) -> Iterator[bytes]:
        """Yield what a command prints, in chunks, and end only if it succeeded.

        Whoever reads to the end knows that nothing is missing; whoever stops early stops git.

        Raises:
            GitFailed: after the last chunk, if git failed.
        """
        started = _started(self._command(arguments, config), self._environment(), self.directory, stdin)
        process = started.process
        assert process.stdout is not None
        with process.stdout as stdout, started.stderr:
            try:
                while chunk := stdout.read(_PIPE_BYTES):
                    yield chunk
                if process.wait() != 0:
                    raise _refusal(arguments, process.returncode, started.stderr)
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()

    def _command(self, arguments: Sequence[str], config: Sequence[str]) -> list[str]:
        if arguments[0] not in READING:
            raise ValueError(f"git {arguments[0]} is not known to be a command that only reads")
        pins = [f"{name}={value}" for name, value in PINS.items()]
        return ["git", "--no-pager", *(word for pin in (*pins, *config) for word in ("-c", pin)), *arguments]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "LC_", "LANG"))}
        where = {} if self.git_dir is None else {"GIT_DIR": str(self.git_dir)}
        if "GIT_QUARANTINE_PATH" in os.environ:
            where |= {name: _absolute(os.environ[name]) for name in _QUARANTINE if name in os.environ}
        return kept | _ENVIRONMENT | where


def _absolute(paths: str) -> str:
    """Return paths that git gave to its hook, so that they mean the same in another directory."""
    return os.pathsep.join(str(Path(path).absolute()) for path in paths.split(os.pathsep))


@dataclass(frozen=True)
class _Started:
    process: subprocess.Popen[bytes]
    stderr: IO[bytes]


def _started(command: list[str], environment: dict[str, str], directory: Path, stdin: bytes) -> _Started:
    """Start git with files at both ends that it reads or complains on, so that no pipe can block another."""
    stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads the output
    with tempfile.TemporaryFile() as source:
        source.write(stdin)
        source.seek(0)
        try:
            process = subprocess.Popen(
                command, 0, cwd=directory, env=environment, stdin=source, stdout=subprocess.PIPE, stderr=stderr
            )
        except FileNotFoundError as error:
            stderr.close()
            if error.filename != "git":
                raise GitRefused(f"there is no directory {directory}") from None
            raise GitRefused("git is not installed", fix="Install git 2.39.4 or newer") from None
        except OSError as error:
            stderr.close()
            raise GitRefused(f"git could not be started in {directory}: {error.strerror}") from None
    _widen(process.stdout)
    return _Started(process, stderr)


def _widen(pipe: IO[bytes] | None) -> None:
    """Let git run ahead of whoever reads: with 64 KiB the two take turns instead of using two cores."""
    # Linux alone can, and only up to what its administrator allows.
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(cast("IO[bytes]", pipe), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _refusal(arguments: Sequence[str], status: int, stderr: IO[bytes]) -> GitFailed:
    stderr.seek(0)
    said = stderr.read(64 * 1024).decode("utf-8", "backslashreplace")
    lines = [line for line in said.splitlines() if line.startswith(("fatal:", "error:"))] or said.splitlines()
    shown = "; ".join(line.removeprefix("fatal: ").removeprefix("error: ") for line in lines)[:_STDERR_SHOWN]
    printable = "".join(char if char.isprintable() else "?" for char in shown)
    ended = f"was stopped by signal {-status}" if status < 0 else f"ended with status {status}"
    message = f"git {arguments[0]} {ended}: {printable or 'it did not say why'}"
    return GitFailed(message, status, fix=_fix(said))


def _fix(said: str) -> str:
    """Return what a person can do about the usual complaints."""
    lowered = said.lower()
    if "lazy fetching disabled" in lowered or "promisor" in lowered:
        return "This copy was cloned without all its contents; make a full clone, or run `git fetch --refetch`"
    if any(word in lowered for word in ("corrupt", "inflate", "unable to read", "missing", "bad object", "could not")):
        return "Run `git fsck --full` in that repository; fetch the missing objects or clone it again"
    if "permission denied" in lowered:
        return "Give this user the right to read the repository"
    return ""
