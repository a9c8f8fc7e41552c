"""Replay the gate over history: what each commit, or each landed change, did to what is enforced.

It measures before anything blocks: its verdict `block` means that the commit would have been stopped had
every rule been set to block that the settings do not set otherwise. Old commits are judged by the settings
of today.
"""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from trueline.model.enforcement import EnforcementChange
from trueline.model.errors import UsageError
from trueline.sources.git import Repository
from trueline.sources.processes import in_processes

from .gate_rules import GateModes, gate_modes
from .gate_verdict import is_shown, verdict_of
from .gated import Verdict
from .replay_commits import CommitChange, ReplayCommit, Selection, changes_of, commits_in
from .replay_judging import CommitJudged, judge_chunk
from .replay_store import ReplayStore
from .sides import Side, commit_of
from .trusted import trust
from .workspace import Workspace

CHUNK = 32
"""Commits that are judged together: their contents are read in one go."""
MIN_PARALLEL = 96
"""Fewer are judged here: starting a process takes as long as they do."""


@dataclass(frozen=True)
class Replayed:
    """One commit of a replay."""

    commit_id: str
    verdict: Verdict
    weaker: tuple[EnforcementChange, ...] = ()
    stronger: tuple[EnforcementChange, ...] = ()
    why_unknown: str | None = None

    @property
    def is_weakened(self) -> bool | None:
        """None where it cannot be told."""
        return None if self.verdict == "unknown" else bool(self.weaker)


def replay(
    workspace: Workspace,
    selection: Selection,
    handbook: str | None = None,
    *,
    environ: Mapping[str, str],
    here: Path,
) -> Iterator[Replayed]:
    """Yield every commit of the selection, oldest first, as soon as it is judged.

    Raises:
        UsageError: there is no repository, or git does not know the range.
    """
    repository = _repository(workspace)
    commits = commits_in(repository, selection)
    modes = _modes(workspace, repository, handbook, environ, here)
    return replay_commits(repository, commits, modes, workspace.cache / "gate")


def replay_commits(
    repository: Repository, commits: Sequence[ReplayCommit], modes: GateModes, folder: Path
) -> Generator[Replayed, None, None]:
    """Yield the judgement of each commit; what was judged before comes from the folder."""
    store = ReplayStore(folder)
    waiting = [commit for commit in commits if store.get(commit.key) is None]
    fresh = _judged(repository, waiting, store)
    for commit in commits:
        judged = store.get(commit.key) or next(fresh)
        yield _replayed(commit, judged, modes)


def _repository(workspace: Workspace) -> Repository:
    repository = workspace.targets[0].git
    if repository is None:
        raise UsageError(f"{workspace.name} is not a git repository, so nothing can be replayed")
    return repository


def _modes(
    workspace: Workspace, repository: Repository, handbook: str | None, environ: Mapping[str, str], here: Path
) -> GateModes:
    commit_id = commit_of(repository, "HEAD")
    if commit_id is None and handbook is None:
        return GateModes({})
    from trueline.sources.trees.commit_tree import commit_tree

    side = Side("HEAD", commit_tree(repository.git, commit_id or ""), commit_id)
    with tempfile.TemporaryDirectory(prefix="gate-", dir=workspace.cache) as folder:
        return gate_modes(trust(workspace, side, handbook, Path(folder).resolve(), here, environ).settings)


def _judged(repository: Repository, commits: Sequence[ReplayCommit], store: ReplayStore) -> Iterator[CommitJudged]:
    """Yield what each commit does, in order, and keep it."""
    if not commits:
        return
    chunks = _chunks(changes_of(repository.git, commits))
    git_dir = repository.git_dir
    is_parallel = len(commits) >= MIN_PARALLEL
    judge = partial(judge_chunk, git_dir)
    results = in_processes(judge, chunks) if is_parallel else map(judge, chunks)
    for judged in results:
        store.add(judged)
        yield from judged


def _chunks(changes: Iterator[CommitChange]) -> Iterator[list[CommitChange]]:
    while chunk := list(islice(changes, CHUNK)):
        yield chunk


def _replayed(commit: ReplayCommit, judged: CommitJudged, modes: GateModes) -> Replayed:
    weaker = tuple(change for change in map(_change, judged.weaker) if is_shown(change, modes))
    return Replayed(
        commit.id,
        verdict_of(weaker, judged.unreadable, modes),
        weaker,
        tuple(map(_change, judged.stronger)),
        "; ".join(judged.unreadable) or None,
    )


def _change(values: Mapping[str, Any]) -> EnforcementChange:
    return EnforcementChange(**{**values, "requirement_ids": tuple(values["requirement_ids"])})
