"""The figures of one repository: who is familiar with its files today, and which of its authors are silent.

Joins the parts of this folder; reads and writes nothing, and no row names a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Final

from trueline.analyses.knowledge.truck_factor import truck_factor
from trueline.model.table import Row

from .decay import ALGORITHM, SILENT_AFTER_DAYS, WINDOW, weight
from .recent import Commit

FAMILIAR_ABOVE_SHARE: Final = 0.75
"""Of the highest weight in the file; the same line that makes an author."""


@dataclass(frozen=True)
class Evidence:
    """What is known of one repository."""

    repository: str
    as_of: date
    area_of: Mapping[str, str | None]
    """Every source and test file of the tree; None where it is in no area."""
    authors_of: Mapping[str, Set[str]]
    """Authors by degree of authorship over the whole history, of files that have one."""
    active: Set[str]
    """Persons who landed anything in the repository lately."""
    commits_of: Mapping[str, Collection[Commit]]
    """Commits of the window that changed each file, of files that have one."""


def measure_familiarity(evidence: Evidence) -> list[Row]:
    """Return a row for the whole repository, then one per area; none where there are no files."""
    members: dict[str | None, list[str]] = defaultdict(list)
    for path, area in sorted(evidence.area_of.items()):
        members[None].append(path)
        if area is not None:
            members[area].append(path)
    familiar = _familiar(evidence)
    return [
        _figures(evidence, area, paths, familiar)
        for area, paths in sorted(members.items(), key=lambda item: item[0] or "")
    ]


def knowers_of_files(evidence: Evidence) -> list[Row]:
    """Return a row for each file and each person who knows it best, with how long they have been silent."""
    newest: dict[str, int] = {}
    for commits in evidence.commits_of.values():
        for commit in commits:
            newest[commit.person_key] = min(commit.age_days, newest.get(commit.person_key, commit.age_days))
    return [
        (evidence.repository, path, person, newest[person])
        for path, people in sorted(_familiar(evidence).items())
        for person in sorted(people)
    ]


def _familiar(evidence: Evidence) -> dict[str, frozenset[str]]:
    return {path: _most_familiar(commits) for path, commits in evidence.commits_of.items() if commits}


def _most_familiar(commits: Collection[Commit]) -> frozenset[str]:
    """Return the persons whose changes weigh more than the share of what the most familiar person's weigh."""
    weights: dict[str, float] = defaultdict(float)
    # Sums of fractions depend on their order: the same changes must give the same people.
    for commit in sorted(commits):
        weights[commit.person_key] += weight(commit.age_days)
    limit = FAMILIAR_ABOVE_SHARE * max(weights.values())
    return frozenset(person for person, held in weights.items() if held > limit)


def _figures(
    evidence: Evidence, area: str | None, paths: Collection[str], familiar: Mapping[str, frozenset[str]]
) -> Row:
    commits = [commit for path in paths for commit in evidence.commits_of.get(path, ())]
    measured = truck_factor({path: familiar[path] for path in paths if path in familiar})
    authors = [evidence.authors_of[path] for path in paths if path in evidence.authors_of]
    silent = sum(1 for wrote in authors if wrote.isdisjoint(evidence.active))
    return (
        evidence.repository,
        area,
        len(paths),
        measured.files,
        len({commit.person_key for commit in commits}),
        measured.truck_factor if measured.files else None,
        measured.first_share,
        silent / len(paths) if authors else None,
        SILENT_AFTER_DAYS,
        sum(1 for commit in commits if commit.age_days < SILENT_AFTER_DAYS),
        ALGORITHM,
        WINDOW,
        evidence.as_of,
    )
