"""Judge the landed changes of the past year, the newest first, as far as there is time; and hand on what is judged.

What was judged once stays in the user's cache, so the next scan of a newer head goes on where the last one stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from trueline.model.enforcement_tables import ENFORCEMENT_CHANGES, JUDGED_COMMITS
from trueline.model.errors import TruelineError
from trueline.model.table import Row, Status
from trueline.sources.git import Repository
from trueline.tables.snapshot import TreeRows

from .gate_rules import GateModes
from .looking import Looked
from .replay_commits import ReplayCommit, Selection, commits_in
from .replay_store import ReplayStore
from .workspace import Target, Workspace

PAST = timedelta(days=365)
SHARE_SECONDS = 12.0
"""Of a scan's minute: enough for a year of most repositories, and for the newest changes of the others."""
CHUNK = 96


@dataclass(frozen=True)
class YearJudged:
    """How far the past year is judged."""

    judged: int
    landed: int


def judge_past_year(workspace: Workspace, clock: Callable[[], float]) -> YearJudged | None:
    """Judge what landed in the year before the newest commit; None where there is no history to judge.

    `clock` gives seconds of some steady clock. What cannot be judged is left for `gate --replay` to explain.
    """
    from .replaying import replay_commits  # whoever only reads what is judged needs no reader of code

    target = workspace.targets[0]
    try:
        commits = _landed(target, workspace.now)
        store = ReplayStore(workspace.cache / "gate")
        waiting = [commit for commit in commits if store.get(commit.key) is None]
        if target.git is None or not commits:
            return None
        is_known = store.get(commits[0].key) is not None  # the same head again is answered at once
        if len(waiting) > CHUNK and not is_known:
            workspace.report(f"judging {len(waiting):,} landed changes of the past year, the newest first")
        until = clock() + SHARE_SECONDS
        done = 0
        while waiting[done:] and clock() < until and not is_known:
            part = waiting[done : done + CHUNK]
            with closing(replay_commits(target.git, part, GateModes({}), workspace.cache / "gate")) as judged:
                done += sum(1 for _ in judged)
    except TruelineError:
        return None
    return YearJudged(len(commits) - len(waiting) + done, len(commits))


def _landed(target: Target, now: datetime) -> list[ReplayCommit]:
    """Return the landed changes of the year before the newest one, the newest first."""
    if target.git is None:
        return []
    main = target.git.main_line(target.branch)
    if main.commit_id is None:
        return []
    return landed_before(target.git, main.commit_id, now)


def landed_before(git: Repository, commit_id: str, now: datetime) -> list[ReplayCommit]:
    """Return what landed in the year up to a commit, the newest first. Raises TruelineError where git refuses."""
    printed = git.git.output("log", "-1", "--format=%ct", commit_id).decode().strip()
    newest = min(datetime.fromtimestamp(int(printed), now.tzinfo), now) if printed.isdecimal() else now
    since = (newest - PAST).isoformat()
    return commits_in(git, Selection(f"{commit_id} --since={since}", landed=True))[::-1]


def judged_rows(workspace: Workspace, looked: Sequence[Looked]) -> tuple[tuple[TreeRows, ...], str]:
    """Return the tables of what was judged so far, and what identifies them."""
    name = workspace.name
    is_git = any(one.target.name == name and one.target.git is not None for one in looked)
    store = ReplayStore(workspace.cache / "gate")
    found = [judged for judged in store.all() if len(judged.key.split()) <= 2] if is_git else []
    reason = (
        "" if found else "no commit was judged: trueline scan judges the past year, trueline gate --replay any range"
    )
    status = Status("", "complete") if found else Status("", "absent", reason)
    commits: list[Row] = []
    changes: list[Row] = []
    for judged in found:
        commit_id = judged.key.split()[0]
        why = "; ".join(judged.unreadable) or None
        commits.append((name, commit_id, why is None, why, len(judged.weaker), len(judged.stronger)))
        changes.extend(_changes(name, commit_id, judged.weaker, judged.stronger))
    tables = (
        TreeRows(JUDGED_COMMITS, commits, Status(JUDGED_COMMITS.name, status.state, status.reason)),
        TreeRows(ENFORCEMENT_CHANGES, changes, Status(ENFORCEMENT_CHANGES.name, status.state, status.reason)),
    )
    return tables, store.identity


def _changes(name: str, commit_id: str, weaker: Sequence[Any], stronger: Sequence[Any]) -> Iterator[Row]:
    for number, one in enumerate([*weaker, *stronger], 1):
        ids = list(one["requirement_ids"])
        texts = (one["path"], one["unit"], one["old"], one["new"], ids)
        yield (name, commit_id, number, one["is_weaker"], one["kind"], *texts, one["confidence"] == "certain")
