"""The rows of one repository: who wrote which file, its areas, and what each rests on.

Joins the parts of this folder; reads and writes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from trueline.model.table import Row

from .areas import areas_of
from .authorship import ALGORITHM, WINDOW, authorships
from .lineage import FileChange, Lineage, trace_lineages
from .subtrees import adopt_subtrees
from .truck_factor import truck_factor

_RECENT: Final = 90 * 86_400_000_000


@dataclass(frozen=True)
class Scope:
    """What is looked at, and when."""

    repository: str
    as_of: date
    horizon: int
    """Microseconds since 1970: what happened later cannot have been seen."""
    tree: frozenset[str]
    """All files of the tree."""
    paths: frozenset[str]
    """Those that people write: source and test."""
    is_cut_off: bool = False
    """True for a shallow clone: its oldest commits seem to create every file, so nobody's authorship is known."""


def measure_knowledge(scope: Scope, changes: Iterable[FileChange]) -> Mapping[str, list[Row]]:
    """Return the rows of the four tables, by table name; the order of changes does not matter.

    A history that is cut off gives areas only: an author that cannot be known is not guessed.
    """
    lineages = adopt_subtrees(trace_lineages(changes), scope.tree)
    found = authorships(lineages, scope.paths)
    authors_of: dict[str, set[str]] = {path: set() for path in scope.paths}
    for authorship in found:
        if authorship.is_author:
            authors_of[authorship.path].add(authorship.person_key)
    area_of = areas_of(scope.paths)
    members: dict[str | None, list[str]] = defaultdict(list)
    for path, area in sorted(area_of.items()):
        members[area].append(path)
    areas: list[Row] = [(scope.repository, area, len(paths)) for area, paths in members.items()]
    members[None] = sorted(scope.paths)
    recent = {path: _recent(lineages[path], scope.horizon) for path in scope.paths if path in lineages}
    return {
        "file_authors": [] if scope.is_cut_off else [(scope.repository, *authorship) for authorship in found],
        "truck_factors": [
            _figures(scope, area, paths, authors_of, recent)
            for area, paths in sorted(members.items(), key=lambda item: item[0] or "")
            if paths and not scope.is_cut_off
        ],
        "areas": sorted(areas, key=str),
        "path_areas": [(scope.repository, path, area) for path, area in sorted(area_of.items())],
    }


def _recent(lineage: Lineage, horizon: int) -> int:
    """Return how many changes of the file landed in the ninety days up to the horizon."""
    landings = sorted(lineage.landings)
    return bisect_right(landings, horizon) - bisect_right(landings, horizon - _RECENT)


def _figures(
    scope: Scope,
    area: str | None,
    paths: Sequence[str],
    authors_of: Mapping[str, set[str]],
    recent: Mapping[str, int],
) -> Row:
    measured = truck_factor({path: authors_of[path] for path in paths})
    changes = sum(recent.get(path, 0) for path in paths)
    return (scope.repository, area, *measured, changes, ALGORITHM, WINDOW, scope.as_of)
