"""Stream the log of git: one entry per commit with the files it changed, all still bytes.

One pass of `git log --raw -z -M`, never a process per commit. Merges have no changes here. What
the entries mean is the business of `rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from trueline.model.errors import GitRefused
from trueline.sources.git import Git, GitFailed

_FORMAT = "%H%x00%P%x00%aN%x00%aE%x00%ae%x00%at%x00%ad%x00%cN%x00%cE%x00%ct%x00%B"
_FIELDS_AFTER_ID = _FORMAT.count("%x00")

_LOG = (
    "log", "--stdin", "-z", "--raw", "--no-abbrev", "-l1000", "--diff-merges=off", "--ignore-submodules=none",
    "--no-ext-diff", "--no-textconv", "--no-relative", "--no-color", "--no-decorate", "--no-notes",
    "--no-show-signature", "--use-mailmap", "--date=format:%z", "--encoding=UTF-8", f"--format={_FORMAT}",
)  # fmt: skip

SIMILAR_RENAMES = "-M50%"
EXACT_RENAMES = "-M100%"
"""Needs no contents, only their ids."""


class Change(NamedTuple):
    """One changed file, as `:mode mode id id status` and its paths."""

    header: bytes
    path: bytes
    old_path: bytes | None


class Entry(NamedTuple):
    """One commit."""

    commit_id: bytes
    parent_ids: bytes
    author_name: bytes
    author_address: bytes
    raw_author_address: bytes
    """As the commit has it, before `.mailmap`: only this one can be a forge's."""
    authored_at: bytes
    authored_zone: bytes
    """The offset from UTC that the author's clock had, as +0130."""
    committer_name: bytes
    committer_address: bytes
    committed_at: bytes
    message: bytes
    changes: list[Change]


class Log:
    """The log of some range, which falls back to exact renames where contents are missing."""

    def __init__(self, git: Git, revisions: Sequence[str], mailmap: str, which: Sequence[str] = ()) -> None:
        """Start for some revisions; `which` are options that choose among their commits and what is shown of them."""
        self._git = git
        self._which = tuple(which)
        self._stdin = "\n".join((*revisions, "")).encode()
        self._config = (f"mailmap.blob={mailmap}",)
        self.exact_from: int | None = None
        """How many commits were read before renames became exact only; None where they never did."""

    def __iter__(self) -> Iterator[Entry]:
        """Yield every commit of the range, newest first.

        Raises:
            GitRefused: git failed in a way that missing contents do not explain, or its output is cut off.
        """
        read = 0
        try:
            for entry in _entries(self._chunks(SIMILAR_RENAMES)):
                yield entry
                read += 1
            return
        except GitFailed as failure:
            if failure.status < 0:
                raise
            # The order is the same each time, so reading goes on where it stopped. If contents
            # were not the cause, it fails again.
            self.exact_from = read
        yield from _entries(self._chunks(EXACT_RENAMES, f"--skip={read}"))

    def count(self) -> int:
        """Return how many commits git counts in the same range."""
        return int(self._git.output("rev-list", "--count", "--stdin", stdin=self._stdin))

    def _chunks(self, *options: str) -> Iterator[bytes]:
        return self._git.stream(*_LOG, *self._which, *options, stdin=self._stdin, config=self._config)


def _tokens(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        parts = (rest + chunk).split(b"\0")
        rest = parts.pop()
        yield from parts
    if rest:
        raise GitRefused("the output of git log is cut off", fix="Try again; report it if it happens twice")


def _entries(chunks: Iterable[bytes]) -> Iterator[Entry]:
    """Yield the commits of a log; the last one only when git has ended well."""
    tokens = _tokens(chunks)
    commit_id: bytes | None = next(tokens, None)
    while commit_id is not None:
        fields = list(islice(tokens, _FIELDS_AFTER_ID))
        changes: list[Change] = []
        following = None
        for token in tokens:
            # A line feed comes between a message and the first change; an id begins with neither.
            if token[:1] == b":" or token[:2] == b"\n:":
                changes.append(_change(token, tokens))
            else:
                following = token
                break
        if len(fields) != _FIELDS_AFTER_ID:
            raise GitRefused("the output of git log is cut off", fix="Try again; report it if it happens twice")
        yield Entry._make((commit_id, *fields, changes))
        commit_id = following


def _change(header: bytes, tokens: Iterator[bytes]) -> Change:
    path = next(tokens)
    if header[header.rindex(b" ") + 1] in b"RC":
        return Change(header, next(tokens), path)
    return Change(header, path, None)
