"""How few people an area rests on.

Greedy, as published: take away the author of most files until more than half of the files have no author left.
The figure is about the area; it names nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from typing import NamedTuple


class TruckFactor(NamedTuple):
    """The figures of one set of files."""

    files: int
    files_with_author: int
    people: int
    """Persons who are an author of at least one of the files."""
    truck_factor: int
    """0 where more than half of the files have no author to begin with."""
    first_share: float | None
    """Share of the files that have the most frequent author among theirs."""
    sole_share: float | None
    """Share of the files that have exactly one author."""


def truck_factor(authors_of: Mapping[str, Set[str]]) -> TruckFactor:
    """Return the figures of the files, given the authors of each (an empty set where there is none).

    Of two people with equally many files the one whose files come first by path goes first: keys are pseudonyms,
    other ones on every machine, and the figure must not be.
    """
    files_of: dict[str, set[str]] = defaultdict(set)
    for path, authors in authors_of.items():
        for author in authors:
            files_of[author].add(path)
    by_files = sorted(files_of, key=lambda author: (-len(files_of[author]), sorted(files_of[author])))
    files = len(authors_of)
    covered = sum(1 for authors in authors_of.values() if authors)
    return TruckFactor(
        files=files,
        files_with_author=covered,
        people=len(by_files),
        truck_factor=_removals(authors_of, files_of, by_files, files - covered),
        first_share=len(files_of[by_files[0]]) / files if by_files else None,
        sole_share=sum(1 for authors in authors_of.values() if len(authors) == 1) / files if files else None,
    )


def _removals(
    authors_of: Mapping[str, Set[str]], files_of: Mapping[str, set[str]], by_files: list[str], orphans: int
) -> int:
    """Return how many go before more than half of the files are orphans.

    Whole sets of files are compared, so who goes next does not depend on who went before.
    """
    left = Counter({path: len(authors) for path, authors in authors_of.items()})
    removed = 0
    for author in by_files:
        if 2 * orphans > len(authors_of):
            break
        removed += 1
        for path in files_of[author]:
            left[path] -= 1
            orphans += left[path] == 0
    return removed
