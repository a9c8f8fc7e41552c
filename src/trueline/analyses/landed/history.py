"""The commits of one repository as a graph of small integers, and the main line through it.

Reachability decides what counts: commits that a force-push left behind are held, never visited. Parents that
are not in the evidence (a shallow clone) end the walk there. No recursion, so depth costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

MISSING: Final = -1
"""Stands for a parent that the evidence does not hold; keeps first parents first."""


class Commit(NamedTuple):
    """What is needed of a commit; instants are microseconds since 1970 in UTC."""

    commit_id: str
    parent_ids: tuple[str, ...] | list[str]
    committed_at: int
    authored_at: int | None = None
    author_key: str | None = None
    committer_key: str | None = None
    subject: str | None = None
    change_number: int | None = None
    actor_kind: str | None = None
    reverts_commit_id: str | None = None
    is_revert: bool | None = False
    is_fix: bool | None = False
    is_impossible: bool = False
    """A date that cannot be true: it moves no landing time."""
    picked_from_commit_id: str | None = None
    """The commit that it says it was cherry-picked from."""


class History:
    """Commits by number; the order of the rows they came in does not matter."""

    def __init__(self, commits: Iterable[Commit]) -> None:
        self.commits = sorted(commits, key=lambda commit: commit.commit_id)
        self.number_of = {commit.commit_id: number for number, commit in enumerate(self.commits)}
        find = self.number_of.get
        self.parents = [tuple(find(parent, MISSING) for parent in commit.parent_ids) for commit in self.commits]

    def __len__(self) -> int:
        return len(self.commits)

    def first_parents(self, tip: int) -> list[int]:
        """Return the line of first parents that ends in `tip`, oldest first."""
        line = []
        seen = bytearray(len(self.commits))
        while tip != MISSING and not seen[tip]:
            seen[tip] = 1
            line.append(tip)
            tip = self.parents[tip][0] if self.parents[tip] else MISSING
        line.reverse()
        return line

    def unvisited_ancestors(self, start: int, visited: bytearray) -> list[int]:
        """Return `start` and its ancestors that are not visited yet, parents before children; mark them."""
        order: list[int] = []
        stack = [start]
        parents = self.parents
        while stack:
            number = stack.pop()
            if number < 0:
                order.append(~number)
            elif not visited[number]:
                visited[number] = 1
                stack.append(~number)
                stack.extend(p for p in reversed(parents[number]) if p != MISSING and not visited[p])
        return order


class MainLine(NamedTuple):
    """A line of commits up to the moment asked for."""

    numbers: list[int]
    """Oldest first."""
    landed_at: list[int]
    """Never decreases."""


def main_line(history: History, numbers: list[int], as_of_at: int) -> MainLine:
    """Return a line, oldest first, as far as it had landed at `as_of_at`.

    A commit landed at the running maximum of commit times along the line, because it cannot have arrived before
    what it stands on. An impossible date moves nothing.
    """
    if not numbers:
        return MainLine([], [])
    possible = (history.commits[n].committed_at for n in numbers if not history.commits[n].is_impossible)
    latest = next(possible, history.commits[numbers[0]].committed_at)
    landed_at = []
    for number in numbers:
        commit = history.commits[number]
        if not commit.is_impossible:
            latest = max(latest, commit.committed_at)
        if latest > as_of_at:
            break
        landed_at.append(latest)
    return MainLine(numbers[: len(landed_at)], landed_at)


def arrivals(history: History, numbers: Iterable[int]) -> list[list[int]]:
    """Return for each commit of the main line what came with it, parents before children, itself last."""
    visited = bytearray(len(history))
    arrived = []
    before = MISSING
    for number in numbers:
        visited[number] = 1
        brought: list[int] = []
        for parent in history.parents[number]:
            if parent not in (MISSING, before):
                brought.extend(history.unvisited_ancestors(parent, visited))
        brought.append(number)
        arrived.append(brought)
        before = number
    return arrived
