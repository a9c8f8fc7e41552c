"""Releases from tags, and the first release that holds each commit.

A tag is a fact of git; that it is a release is inferred from its name (see `versions`). Deployments are not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .history import History
from .versions import Version, read_version


class Tag(NamedTuple):
    """A tag that leads to a commit; the instant is microseconds since 1970 in UTC."""

    tag: str
    commit_id: str
    tagged_at: int


@dataclass(frozen=True, slots=True)
class Release:
    """A tag that looks like a version."""

    tag: Tag
    version: Version
    released_at: int


class Contents(NamedTuple):
    """What the releases hold."""

    first_release: list[int]
    """For each commit the index of the earliest release that holds it, -1 where none does."""
    commits_since_previous: list[int | None]
    """For each release; None where its commit is not in the evidence."""


def find_releases(history: History, tags: Iterable[Tag], repository: str = "") -> list[Release]:
    """Return the releases in order of time; those of one instant by version, then by tag.

    A release is never older than its commit: where a tag claims so, the commit's time counts.
    """
    named = [(tag, version) for tag in tags if (version := read_version(tag.tag, repository))]
    longer = {(version.series, version.numbers[0]) for _, version in named if version.is_certain}
    releases = [
        Release(tag, version, max(tag.tagged_at, _committed_at(history, tag)))
        for tag, version in named
        if version.is_certain or (version.series, version.numbers[0]) not in longer
    ]
    return sorted(
        releases,
        key=lambda one: (one.released_at, one.version.numbers, not one.version.is_prerelease, one.tag.tag),
    )


def _committed_at(history: History, tag: Tag) -> int:
    number = history.number_of.get(tag.commit_id)
    if number is None or history.commits[number].is_impossible:
        return tag.tagged_at
    return history.commits[number].committed_at


def walk_releases(history: History, releases: list[Release]) -> Contents:
    """Return which release brought each commit first, visiting each commit at most twice.

    Final releases are walked among themselves, so that the first release of a change is a final one;
    prereleases count where a repository has nothing else. For a prerelease, what came since the previous
    release of either sort is counted.
    """
    everything = list(range(len(releases)))
    finals = [index for index in everything if not releases[index].version.is_prerelease]
    among_all, new_in_any = _walk(history, releases, everything)
    if not finals:
        return Contents(among_all, [new_in_any.get(index) for index in everything])
    among_finals, new_in_final = _walk(history, releases, finals)
    return Contents(among_finals, [new_in_final.get(index, new_in_any.get(index)) for index in everything])


def _walk(history: History, releases: list[Release], indexes: list[int]) -> tuple[list[int], dict[int, int]]:
    first_release = [-1] * len(history)
    new: dict[int, int] = {}
    visited = bytearray(len(history))
    for index in indexes:
        number = history.number_of.get(releases[index].tag.commit_id)
        if number is None:
            continue
        brought = history.unvisited_ancestors(number, visited)
        new[index] = len(brought)
        for commit in brought:
            first_release[commit] = index
    return first_release, new
