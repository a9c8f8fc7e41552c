"""Which side of a merge was the main line before it: the first parent, unless the main line was merged into a topic.

`git pull` and "update branch" merge the main line into what somebody has in hand; pushed to the main line, such a
merge swaps the sides. Its message says what was merged, and the history of both sides says which of them others
landed on. Where neither tells, the first parent stays, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import heappop, heappush
from typing import Final, Literal, NamedTuple

from .history import MISSING, Commit, History

Side = Literal["first", "second", "unclear"]

MAIN_NAMES: Final = frozenset({"main", "master", "trunk"})
"""The main line was often called otherwise when the message was written."""

_OWN_REMOTES: Final = frozenset({"origin", "upstream"})
_MERGE: Final = re.compile(
    r"^Merge (?P<remote>remote(?:-tracking)? )?branch '(?P<merged>[^']+)'(?: of (?P<address>\S+))?(?: into (?P<into>\S+))?$"
)
_NUMBER_AT_END: Final = re.compile(r"\((?:pull request )?[#!](\d{1,9})\)\s*$")


class Pull(NamedTuple):
    """What the message of a merge of the main line says."""

    into: str | None
    """None where git names no branch, because it was the main one."""
    origin: str | None
    """Address or remote that it came from; None for a branch of the same copy."""


def number_at_end(subject: str | None) -> int | None:
    """Return the number of the pull or merge request that a forge puts at the end of a squashed commit's subject."""
    found = _NUMBER_AT_END.search(subject or "")
    return int(found[1]) if found else None


def is_main_name(name: str | None, branch: str | None) -> bool:
    """Return True for the main line's name, today or, where it has a usual one, formerly."""
    return name is not None and (name == branch or (name in MAIN_NAMES and (branch is None or branch in MAIN_NAMES)))


def read_pull(subject: str | None, branch: str | None) -> Pull | None:
    """Return what a subject says of merging the main line into something; None where it says nothing of the kind."""
    found = _MERGE.match(subject or "")
    if not found:
        return None
    merged, origin = found["merged"], found["address"]
    if found["remote"]:
        origin, _, merged = merged.partition("/")
    into = (found["into"] or "").strip("'\"") or None
    return Pull(into, origin) if is_main_name(merged, branch) and (into or origin) else None


def side_of(history: History, order: list[int], merge: int, pull: Pull, branch: str | None, repository: str) -> Side:
    """Return which parent of a merge of two was the main line; `order` is the place of each commit, parents first."""
    first, second = history.parents[merge]
    is_into_main = pull.into is None or is_main_name(pull.into, branch)
    if is_into_main and pull.origin is None:
        return "first"
    if MISSING in (first, second):
        return "unclear"
    is_elsewhere = _is_elsewhere(pull.origin, repository)
    apart = _apart(history, order, first, second)
    # A fork may squash too, but nobody merges others' branches there.
    on_first, on_second = (_is_landed_on(history, path, branch, only_merges=bool(is_elsewhere)) for path in apart)
    if is_elsewhere is False or (not is_into_main and pull.origin is None):
        return "unclear" if on_first else "second"
    if on_first != on_second:
        return "first" if on_first else "second"
    return "first" if is_elsewhere and is_into_main else "unclear"


def _is_elsewhere(origin: str | None, repository: str) -> bool | None:
    """Return whether a remote or address is another repository's; None where nobody can say."""
    if origin is None:
        return None
    if origin in _OWN_REMOTES:
        return False
    if "/" not in repository or ":" not in origin or origin.startswith("file:"):
        return None
    path = origin.rstrip("/").removesuffix(".git").lower()
    own = repository.lower()
    return not (path == own or path.endswith((f"/{own}", f":{own}")))


def _is_landed_on(history: History, path: list[int], branch: str | None, *, only_merges: bool) -> bool:
    """Return True where something landed on a line: a branch was merged into it, or a forge squashed one."""
    return any(_lands(history.commits[number], branch, only_merges=only_merges) for number in path)


def _lands(commit: Commit, branch: str | None, *, only_merges: bool) -> bool:
    if len(commit.parent_ids) < 2:
        return not only_merges and number_at_end(commit.subject) is not None
    found = _MERGE.match(commit.subject or "")
    into = (found["into"] or "").strip("'\"") if found else ""
    return read_pull(commit.subject, branch) is None and (not into or is_main_name(into, branch))


def _apart(history: History, order: list[int], first: int, second: int) -> tuple[list[int], list[int]]:
    """Return the line of first parents of either commit as far as the other does not reach it."""
    reached = dict(_reached_by(history, order, first, second))
    return _line(history, reached, first, 1), _line(history, reached, second, 2)


def _line(history: History, reached: dict[int, int], number: int, by: int) -> list[int]:
    path = []
    while number != MISSING and reached.get(number) == by:
        path.append(number)
        number = history.parents[number][0] if history.parents[number] else MISSING
    return path


def _reached_by(history: History, order: list[int], first: int, second: int) -> Iterator[tuple[int, int]]:
    """Yield commits with 1, 2 or 3 for those that the first, the second or both reach, until both reach all that is left."""
    marks = {first: 1, second: 2} if first != second else {first: 3}
    waiting: list[tuple[int, int]] = []
    for number in marks:
        heappush(waiting, (-order[number], number))
    apart = sum(mark != 3 for mark in marks.values())
    while waiting and apart:
        _, number = heappop(waiting)
        mark = marks[number]
        apart -= mark != 3
        yield number, mark
        for parent in history.parents[number]:
            if parent == MISSING:
                continue
            before = marks.get(parent, 0)
            after = before | mark
            if before == 0:
                heappush(waiting, (-order[parent], parent))
                apart += after != 3
            elif before != 3 and after == 3:
                apart -= 1
            marks[parent] = after


class Followed(NamedTuple):
    """The line that was the main one, through merges that swapped the sides."""

    numbers: list[int]
    """Oldest first."""
    sides: dict[int, Side]
    """Of each merge of two on it, which parent was the main line."""


def follow_main(history: History, head: int, branch: str | None, repository: str) -> Followed:
    """Return the main line that ends in the head; a side that cannot be told is taken to be the first parent's."""
    order: list[int] = []
    line: list[int] = []
    sides: dict[int, Side] = {}
    number = head
    seen = bytearray(len(history))
    while number != MISSING and not seen[number]:
        seen[number] = 1
        line.append(number)
        parents = history.parents[number]
        side: Side = "first"
        if len(parents) == 2:
            pull = read_pull(history.commits[number].subject, branch)
            if pull is not None:
                order = order or _places(history, head)
                side = side_of(history, order, number, pull, branch, repository)
            sides[number] = side
        number = parents[side == "second"] if parents else MISSING
    line.reverse()
    return Followed(line, sides)


def _places(history: History, head: int) -> list[int]:
    """Return the place of each commit in an order in which parents come first; 0 for what the head does not reach."""
    places = [0] * len(history)
    for place, number in enumerate(history.unvisited_ancestors(head, bytearray(len(history))), start=1):
        places[number] = place
    return places
