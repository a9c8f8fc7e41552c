"""Commits that carry the same change as one of the main line, so that it ships with either.

Told by what a message names, or by author, author date and subject, which git keeps when it puts a commit elsewhere.
Contents are not looked at here; see `carried_changes` for every sort of carrying.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from .history import Commit, History

OWN_RELEASE: Final = re.compile(
    r"(?i)^\W*(?:(?:bump(?:ed|s|ing)?|update[sd]?|set|increase) (?:the )?(?:\w+ ){0,2}version\b"
    r"|(?:new |prepar\w+ (?:for )?(?:the )?)?releas\w+ v?\d|prepar\w+ (?:for )?(?:the )?(?:next )?releas"
    r"|(?:version |bump (?:to )?)?v?\d+(?:\.\d+)+\S*\W*$|\[maven-release-plugin\])"
)
"""What a release's own commit says: each line makes its own, whoever and whenever, so likeness shows nothing."""


class Kin(NamedTuple):
    """A commit off the main line that carries the same change."""

    number: int
    is_named: bool
    """True where a message says so; else author, author date and subject agree."""


def kin_off(history: History, on_main: Collection[int]) -> Mapping[int, list[Kin]]:
    """Return for commits of the main line those off it that carry the same change."""
    kin: dict[int, list[Kin]] = defaultdict(list)
    alike: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for number, commit in enumerate(history.commits):
        origin = history.number_of.get(commit.picked_from_commit_id or "")
        if origin is not None and (number in on_main) != (origin in on_main):
            one, other = (number, origin) if number in on_main else (origin, number)
            kin[one].append(Kin(other, is_named=True))
        if mark := _mark(commit):
            alike[mark].append(number)
    for numbers in alike.values():
        here = [number for number in numbers if number in on_main]
        if len(here) == 1:
            named = {one.number for one in kin.get(here[0], ())}
            kin[here[0]] += [Kin(n, is_named=False) for n in numbers if n not in on_main and n not in named]
    return {number: found for number, found in kin.items() if found}


def _mark(commit: Commit) -> tuple[str, int, str] | None:
    """Return what git keeps of a commit that is put elsewhere; None where that would not tell it from others."""
    if commit.author_key is None or commit.authored_at is None or not commit.subject or len(commit.parent_ids) > 1:
        return None
    return None if OWN_RELEASE.match(commit.subject) else (commit.author_key, commit.authored_at, commit.subject)
