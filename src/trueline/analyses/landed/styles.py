"""How each change came to the main line: merge, squash, rebase or direct.

A merge commit is a fact, the rest is inferred and says how sure it is. A forge's own word is not used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from .history import Commit
from .sides import is_main_name, number_at_end, read_pull

Style = Literal["merge", "squash", "rebase", "direct"]

SQUASH_CONFIDENCE: Final = 0.95
REBASE_CONFIDENCE: Final = 0.7
DIRECT_CONFIDENCE: Final = 0.5
DIRECT_ALONE_CONFIDENCE: Final = 0.9
"""Where a repository never shows another style, nobody there seems to integrate in another way."""

_MINUTE: Final = 60_000_000
_DAY: Final = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Landing:
    """One change that arrived: neighbours `first` to `last` on the main line."""

    first: int
    last: int
    style: Style
    confidence: float
    number: int | None = None
    """Number that a squash leaves at the end of its subject."""


def is_pull_of_same_branch(subject: str | None, branch: str | None) -> bool:
    """Return True for the merge that `git pull` makes before somebody pushes directly."""
    pull = read_pull(subject, branch)
    return pull is not None and pull.origin is not None and (pull.into is None or is_main_name(pull.into, branch))


def landings(line: Sequence[Commit], branch: str | None) -> list[Landing]:
    """Return the changes that the commits of the main line make up, oldest first; each commit is in exactly one."""
    found: list[Landing] = []
    run: list[int] = []
    for position, commit in enumerate(line):
        if run and not (_is_plain(commit) and _belongs(line[run[-1]], commit)):
            found.extend(_close(line, run))
            run = []
        if _is_plain(commit):
            run.append(position)
        else:
            found.append(_land_alone(commit, position, branch))
    found.extend(_close(line, run))
    if all(landing.style == "direct" for landing in found):
        return [replace(landing, confidence=DIRECT_ALONE_CONFIDENCE) for landing in found]
    return found


def _is_plain(commit: Commit) -> bool:
    """Return True where neither a merge nor a number tells how it came."""
    return len(commit.parent_ids) < 2 and number_at_end(commit.subject) is None


def _land_alone(commit: Commit, position: int, branch: str | None) -> Landing:
    if len(commit.parent_ids) < 2:
        return Landing(position, position, "squash", SQUASH_CONFIDENCE, number_at_end(commit.subject))
    if is_pull_of_same_branch(commit.subject, branch):
        return Landing(position, position, "direct", DIRECT_CONFIDENCE)
    return Landing(position, position, "merge", 1.0)


def _belongs(earlier: Commit, later: Commit) -> bool:
    """Return True where both were written by one person and committed by one person within a minute."""
    return (
        earlier.author_key is not None
        and earlier.author_key == later.author_key
        and earlier.committer_key == later.committer_key
        and abs(later.committed_at - earlier.committed_at) <= _MINUTE
    )


def _lag(commit: Commit) -> int:
    return 0 if commit.authored_at is None else commit.committed_at - commit.authored_at


def _close(line: Sequence[Commit], run: list[int]) -> list[Landing]:
    """Return the run as one rebase where it was committed again after it was written, else each on its own.

    Being committed within a minute is not enough: two commits written and pushed at once are direct.
    """
    if not run:
        return []
    lag = max(_lag(line[position]) for position in run)
    if lag > (_MINUTE if len(run) > 1 else _DAY):
        return [Landing(run[0], run[-1], "rebase", REBASE_CONFIDENCE)]
    return [Landing(position, position, "direct", DIRECT_CONFIDENCE) for position in run]
