"""The rows of one repository: its main line, what landed when, and which release brought it.

Joins the parts of this folder; reads and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from trueline.model.table import Row

from .history import MISSING, Commit, History, MainLine, arrivals, main_line
from .picks import Kin, kin_off
from .releases import Contents, Release, Tag, find_releases, walk_releases
from .sides import Side, follow_main
from .styles import DIRECT_CONFIDENCE, Landing, landings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AI = frozenset({"ai_assisted", "ai_autonomous"})


@dataclass(frozen=True)
class Repository:
    """What the evidence says of a repository as a whole."""

    name: str
    branch: str | None
    head_commit_id: str | None


def instant(microseconds: int) -> datetime:
    """Return the instant in UTC."""
    return _EPOCH + timedelta(microseconds=microseconds)


def monday_of(microseconds: int) -> date:
    """Return the Monday of the ISO week that holds the instant in UTC."""
    day = instant(microseconds).date()
    return day - timedelta(days=day.weekday())


def land(
    repository: Repository, commits: Iterable[Commit], tags: Iterable[Tag], as_of_at: int
) -> Mapping[str, list[Row]]:
    """Return the rows of the four tables, by table name; the order of commits and tags does not matter."""
    history = History(commits)
    # Empty where the evidence does not hold the head: another branch is not taken for it.
    head = history.number_of.get(repository.head_commit_id or "", MISSING)
    first_parents = main_line(history, history.first_parents(head), as_of_at)
    followed = follow_main(history, head, repository.branch, repository.name)
    line = main_line(history, followed.numbers, as_of_at)
    brought = arrivals(history, line.numbers)
    found = landings([history.commits[number] for number in line.numbers], repository.branch)
    releases = find_releases(history, tags, repository.name)
    contents = walk_releases(history, releases)

    members = [[n for position in range(one.first, one.last + 1) for n in brought[position]] for one in found]
    reachable = {number for group in members for number in group}
    return {
        "main_line": [
            (repository.name, position, history.commits[number].commit_id, instant(landed_at))
            for position, (number, landed_at) in enumerate(zip(*first_parents, strict=True), start=1)
        ],
        "landed_commits": _commit_rows(repository.name, history, line, found, members, releases, contents),
        "landed_changes": _change_rows(
            repository.name, history, line, found, members, releases, contents, followed.sides
        ),
        "releases": _release_rows(repository.name, history, releases, contents, reachable),
    }


def _commit_rows(
    name: str,
    history: History,
    line: MainLine,
    found: Sequence[Landing],
    members: Sequence[Sequence[int]],
    releases: Sequence[Release],
    contents: Contents,
) -> list[Row]:
    rows: list[Row] = []
    for landing, numbers in zip(found, members, strict=True):
        change_id = history.commits[line.numbers[landing.last]].commit_id
        for number in numbers:
            first_release, _ = _first_release(releases, contents.first_release[number])
            rows.append((name, change_id, history.commits[number].commit_id, len(rows) + 1, first_release))
    return rows


def _change_rows(
    name: str,
    history: History,
    line: MainLine,
    found: Sequence[Landing],
    members: Sequence[Sequence[int]],
    releases: Sequence[Release],
    contents: Contents,
    sides: Mapping[int, Side],
) -> list[Row]:
    kin = kin_off(history, {number for group in members for number in group})
    change_of = {
        history.commits[number].commit_id: index for index, numbers in enumerate(members) for number in numbers
    }
    tips = [history.commits[line.numbers[landing.last]] for landing in found]
    rows: list[Row] = []
    for index, (landing, numbers, tip) in enumerate(zip(found, members, tips, strict=True)):
        landed_at = line.landed_at[landing.last]
        commits = [history.commits[number] for number in numbers]
        own = commits[:-1] if len(tip.parent_ids) > 1 else commits
        brought = numbers[: len(own)] or numbers
        reverted = _reverted(commits, change_of, index)
        side = sides.get(line.numbers[landing.last])
        rows.append(
            (
                name,
                tip.commit_id,
                instant(landed_at),
                monday_of(landed_at),
                landing.style,
                min(landing.confidence, DIRECT_CONFIDENCE) if side == "unclear" else landing.confidence,
                landing.style == "merge" and side != "unclear",
                tip.change_number if tip.change_number is not None else landing.number,
                tip.subject,
                _author(own) or tip.author_key,
                _actor_kind(own or commits),
                len(own),
                _is_revert(tip, own),
                None if reverted is None else tips[reverted].commit_id,
                _is_fix(tip, own),
                *_release_of_change(releases, contents, brought, line.numbers[landing.last], kin),
                side,
            )
        )
    return rows


def _holding(contents: Contents, numbers: Sequence[int]) -> int:
    """Return the first release that holds all of some commits, -1 where none does.

    A merge that brings a maintenance line back brings what was released there: what counts is what it
    brought, not the merge commit.
    """
    holding = [contents.first_release[number] for number in numbers]
    return -1 if -1 in holding else max(holding, default=-1)


def _release_of_change(
    releases: Sequence[Release], contents: Contents, brought: Sequence[int], tip: int, kin: Mapping[int, Sequence[Kin]]
) -> tuple[str | None, datetime | None, str | None]:
    """Return tag and time of the first release that holds a change, itself or carried elsewhere, and what shows it."""
    ways = [("history", _holding(contents, brought))]
    for evidence, must_be_named in (("message", True), ("author and date", False)):
        ways += [
            (evidence, _holding_kin(contents, numbers, kin, must_be_named=must_be_named))
            for numbers in (brought, [tip])
        ]
    known = [way for way in ways if way[1] >= 0]
    if not known:
        return None, None, None
    evidence, index = min(known, key=lambda way: way[1])
    return (*_first_release(releases, index), evidence)


def _holding_kin(
    contents: Contents, numbers: Sequence[int], kin: Mapping[int, Sequence[Kin]], *, must_be_named: bool
) -> int:
    """Return the first release by which each of some commits was out, itself or as its kin; -1 where none was."""
    latest = -1
    for number in numbers:
        held = [contents.first_release[number]]
        held += [contents.first_release[one.number] for one in kin.get(number, ()) if one.is_named or not must_be_named]
        first = min((index for index in held if index >= 0), default=-1)
        if first < 0:
            return -1
        latest = max(latest, first)
    return latest


def _first_release(releases: Sequence[Release], index: int) -> tuple[str | None, datetime | None]:
    if index < 0:
        return None, None
    return releases[index].tag.tag, instant(releases[index].released_at)


def _is_revert(tip: Commit, brought: Sequence[Commit]) -> bool:
    return bool(tip.is_revert) or (bool(brought) and all(commit.is_revert for commit in brought))


def _is_fix(tip: Commit, brought: Sequence[Commit]) -> bool:
    """Return True where the change says so itself, or at least half of what it brought does."""
    fixes = sum(bool(commit.is_fix) for commit in brought)
    return bool(tip.is_fix) or (bool(brought) and 2 * fixes >= len(brought))


def _author(commits: Sequence[Commit]) -> str | None:
    """Return who wrote most of the commits; of equals, the least key."""
    counts = Counter(commit.author_key for commit in commits if commit.author_key is not None)
    return min(counts, key=lambda key: (-counts[key], key), default=None)


def _actor_kind(commits: Sequence[Commit]) -> str | None:
    """Return the kind of actor of a change: that of its commits, or what a mixture of kinds amounts to."""
    kinds = {commit.actor_kind for commit in commits} - {None}
    if len(kinds) < 2:
        return next(iter(kinds), None)
    return "ai_assisted" if kinds & _AI else "person"


def _reverted(commits: Sequence[Commit], change_of: Mapping[str, int], index: int) -> int | None:
    """Return the other change that this one reverts (a commit reverted inside the same change is not news)."""
    changes = (change_of.get(commit.reverts_commit_id or "") for commit in reversed(commits))
    return next((change for change in changes if change is not None and change != index), None)


def _release_rows(
    name: str, history: History, releases: Sequence[Release], contents: Contents, reachable: set[int]
) -> list[Row]:
    return [
        (
            name,
            release.tag.tag,
            release.tag.commit_id,
            instant(release.released_at),
            release.version.text,
            release.version.is_prerelease,
            history.number_of.get(release.tag.commit_id) in reachable,
            contents.commits_since_previous[index],
            index + 1,
            release.version.series,
        )
        for index, release in enumerate(releases)
    ]
