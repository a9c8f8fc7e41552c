"""Which commits a replay judges, and which files each of them changed.

A commit is compared with its parent. A merge is compared with all its parents, and only files that differ
from every one of them count: those were written by whoever merged. As a landed change it is compared with
its first parent instead, and everything that it brought counts.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trueline.model.errors import UsageError
from trueline.sources.git import Git, GitFailed, Repository, display_path

ALLOWED = re.compile(r"--(all|branches|since=.+|until=.+|after=.+|before=.+)")
"""Options of `git rev-list` that only choose: others could write files."""

_FILE_MODES = ("100644", "100755", "100664")


@dataclass(frozen=True)
class Selection:
    """The commits to replay."""

    range: str
    """What `git rev-list` takes; a single commit means that one alone, unless `last` is set."""
    landed: bool = False
    """Every landed change: along first parents, each against its first parent."""
    last: int | None = None
    """The newest so many of them."""


@dataclass(frozen=True)
class ReplayCommit:
    """One commit to judge, with the parents that it is judged against."""

    id: str
    parents: tuple[str, ...]
    is_cut_off: bool = False
    """True where a shallow copy ends: what it changed is not known."""

    @property
    def key(self) -> str:
        """What its judgement depends on, besides the version of the judge."""
        return " ".join((self.id, *self.parents))


@dataclass(frozen=True)
class CommitFile:
    """One file that a commit changed; a blob is None where there is no plain file."""

    path: str
    before: tuple[str | None, ...]
    """One per parent; one None for a commit without parents."""
    after: str | None


@dataclass(frozen=True)
class CommitChange:
    """A commit with its files."""

    commit: ReplayCommit
    files: tuple[CommitFile, ...]


def commits_in(repository: Repository, selection: Selection) -> list[ReplayCommit]:
    """Return the commits of a selection, oldest first. Raises UsageError where git does not know the range."""
    words = _words(selection.range)
    arguments = ["rev-list", "--parents", "--reverse", *(["--first-parent"] if selection.landed else [])]
    if selection.last is not None:
        arguments.append(f"-n{selection.last}")
    elif len(words) == 1 and _is_one_commit(repository.git, words[0]):
        arguments.append("--no-walk")
    try:
        printed = repository.git.output(*arguments, *words, "--").decode("ascii")
    except GitFailed as error:
        raise UsageError(
            f"{selection.range!r} is no range of commits here", fix="Write one as git does: main~100..main."
        ) from error
    cut_off = repository.shallow_commit_ids()
    return [_commit(line.split(), cut_off, landed=selection.landed) for line in printed.splitlines()]


def changes_of(git: Git, commits: Sequence[ReplayCommit]) -> Iterator[CommitChange]:
    """Yield each commit with the files that it changed, in the order given."""
    by_id = {commit.id: commit for commit in commits}
    stdin = "".join(f"{commit.key}\n" for commit in commits).encode()
    arguments = ("-r", "--raw", "-z", "-c", "--root", "--no-renames", "--no-abbrev", "--always", "--stdin")
    current: ReplayCommit | None = None
    files: list[CommitFile] = []
    fields = _fields(git.stream("diff-tree", *arguments, stdin=stdin))
    for field in fields:
        if field.startswith(b":"):
            assert current is not None
            files.append(_file(field, next(fields), current))
            continue
        if current is not None:
            yield CommitChange(current, tuple(files))
        current, files = by_id[field.decode("ascii").strip()], []
    if current is not None:
        yield CommitChange(current, tuple(files))


def _words(text: str) -> list[str]:
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"the range {text!r} cannot be read: {error}") from None
    for word in words:
        if word.startswith("-") and not ALLOWED.fullmatch(word):
            raise UsageError(f"{word} is not allowed in a range", fix="--all, --branches, --since=, --until= are.")
    if not words:
        raise UsageError("the range is empty", fix="Write one as git does: main~100..main.")
    return words


def _is_one_commit(git: Git, word: str) -> bool:
    if word.startswith(("-", "^")) or ".." in word:
        return False
    arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{word}^{{commit}}")
    return bool(git.output(*arguments, accept=(0, 1, 128)))


def _commit(ids: Sequence[str], cut_off: frozenset[str], *, landed: bool) -> ReplayCommit:
    commit_id, *parents = ids
    return ReplayCommit(commit_id, tuple(parents[:1] if landed else parents), commit_id in cut_off)


def _fields(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\0")
        yield from (field.lstrip(b"\n") for field in whole)


def _file(field: bytes, path: bytes, commit: ReplayCommit) -> CommitFile:
    count = len(field) - len(field.lstrip(b":"))
    words = field.decode("ascii").lstrip(":").split(" ")
    modes, ids = words[: count + 1], words[count + 1 : 2 * count + 2]
    blobs = [blob if mode in _FILE_MODES else None for mode, blob in zip(modes, ids, strict=True)]
    return CommitFile(display_path(path), tuple(blobs[:-1]), blobs[-1])
