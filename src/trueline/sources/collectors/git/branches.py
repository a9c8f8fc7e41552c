"""Read the branches of a repository, the commits that only they hold, and what each amounts to as one change.

A bounded part of git's history is walked: branches that were begun and worked on within `RECENT_DAYS`. Of others only
the tip is told. Whether a branch has landed is not decided here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trueline.sources.git import Git, GitFailed, display_path

RECENT_DAYS = 400
MOST_COMMITS = 500
"""A branch with more commits of its own is a line of its own."""

_REMOTE, _LOCAL = "refs/remotes/origin/", "refs/heads/"
_REFS = "--format=%(refname)%00%(objecttype)%00%(objectname)%00%(committerdate:unix)"
_WALK = ("log", "--stdin", "--boundary", "--format=%m%x09%H%x09%P%x09%at%x09%ct")
_COMPARE = ("diff-tree", "--stdin", "-r", "-z", "--raw", "--no-abbrev", "-M50%", "-l1000", "--no-ext-diff", "--no-textconv",
    "--ignore-submodules=none", "--no-relative", "--no-color")  # fmt: skip


@dataclass(frozen=True)
class Branch:
    """The tip of one branch."""

    name: str
    commit_id: str
    committed_at: int
    """Seconds since 1970."""


@dataclass(frozen=True)
class OwnCommit:
    """A commit that the head does not reach."""

    commit_id: str
    parent_ids: tuple[str, ...]
    authored_at: str
    committed_at: str


@dataclass(frozen=True)
class OwnCommits:
    """What a branch holds beyond the head."""

    commits: tuple[OwnCommit, ...]
    """Parents before children."""
    forked_from: str
    """The newest commit of the head's history that it stands on."""


def read_branches(git: Git) -> list[Branch]:
    """Return the branches, by name: those of origin where this is a clone, else its own."""
    found: dict[str, list[Branch]] = {_REMOTE: [], _LOCAL: []}
    for line in git.output("for-each-ref", _REFS, *found).splitlines():
        ref, kind, tip, at = line.split(b"\0")
        folder = _REMOTE if ref.startswith(_REMOTE.encode()) else _LOCAL
        if kind == b"commit" and ref != b"refs/remotes/origin/HEAD":
            name = display_path(ref.removeprefix(folder.encode()))
            found[folder].append(Branch(name, tip.decode(), int(at) if at.isdigit() else 0))
    return found[_REMOTE] or found[_LOCAL]


def own_commits(git: Git, branches: Iterable[Branch], head: str, newest: int) -> dict[str, OwnCommits]:
    """Return what each branch holds beyond the head, by name; of a branch that began too long ago nothing.

    `newest` is the moment, in seconds since 1970, from which `RECENT_DAYS` count back.
    """
    since = newest - RECENT_DAYS * 86_400
    recent = [branch for branch in branches if branch.committed_at >= since]
    if not recent:
        return {}
    asked = "".join((*(f"{branch.commit_id}\n" for branch in recent), f"^{head}\n"))
    own: dict[str, OwnCommit] = {}
    edge: dict[str, int] = {}
    for line in git.output(*_WALK, f"--since={since}", stdin=asked.encode()).decode("ascii", "replace").splitlines():
        mark, commit_id, parents, authored_at, committed_at = line.split("\t")
        if mark == "-":
            # Older than the walk went: the branch's own, or the head's; nobody looked.
            if committed_at.isdigit() and int(committed_at) >= since:
                edge[commit_id] = int(committed_at)
        else:
            own[commit_id] = OwnCommit(commit_id, tuple(parents.split()), authored_at, committed_at)
    found = ((branch.name, _held(branch.commit_id, own, edge)) for branch in recent)
    return {name: held for name, held in found if held is not None}


def _held(tip: str, own: Mapping[str, OwnCommit], edge: Mapping[str, int]) -> OwnCommits | None:
    """Return what a tip holds; None where its own history is longer or older than is looked at."""
    order: list[OwnCommit] = []
    forks: set[str] = set()
    seen: set[str] = set()
    stack: list[str | OwnCommit] = [tip]
    while stack:
        one = stack.pop()
        if isinstance(one, OwnCommit):
            order.append(one)
        elif one in edge:
            forks.add(one)
        elif one not in own or len(seen) > MOST_COMMITS:
            return None
        elif one not in seen:
            seen.add(one)
            stack.append(own[one])
            stack.extend(reversed(own[one].parent_ids))
    if not order or not forks:
        return None
    return OwnCommits(tuple(order), max(forks, key=lambda fork: (edge[fork], fork)))


def net_changes(git: Git, held: Mapping[str, OwnCommits]) -> dict[str, str]:
    """Return the digest of what each branch changes in all, by name; of a copy that lacks contents none.

    The digest is of `path, path before a rename, content before, content after` of every file, by path.
    """
    if not held:
        return {}
    names = list(held)
    asked = "".join(f"{held[name].commits[-1].commit_id} {held[name].forked_from}\n" for name in names)
    try:
        printed = git.output(*_COMPARE, stdin=asked.encode())
    except GitFailed:
        return {}
    tips = {held[name].commits[-1].commit_id: digest for name, digest in _digests(printed, names, held)}
    return {name: tips[held[name].commits[-1].commit_id] for name in names if held[name].commits[-1].commit_id in tips}


def _digests(printed: bytes, names: list[str], held: Mapping[str, OwnCommits]) -> Iterator[tuple[str, str]]:
    by_tip = {held[name].commits[-1].commit_id.encode(): name for name in names}
    name, lines = None, list[str]()
    tokens = iter(printed.split(b"\0")[:-1])
    for token in tokens:
        if not token.startswith(b":"):
            if name is not None and lines:
                yield name, digest_of(lines)
            name, lines = by_tip.get(token.strip()), []
            continue
        _, _, old, new, status = token.decode().split(" ")
        first = next(tokens)
        path, old_path = (next(tokens), first) if status[0] in "RC" else (first, None)
        lines.append(
            "\t".join(
                (
                    display_path(path),
                    display_path(old_path) if old_path is not None else "",
                    "" if status[0] == "A" else old,
                    "" if status[0] == "D" else new,
                )
            )
        )
    if name is not None and lines:
        yield name, digest_of(lines)


def digest_of(lines: Iterable[str]) -> str:
    """Return the MD5 of the lines in their order as bytes: what the lake's own SQL makes of the same rows."""
    encoded = sorted(line.encode("utf-8", "surrogatepass") for line in lines)
    return hashlib.md5(b"\n".join(encoded), usedforsecurity=False).hexdigest()
