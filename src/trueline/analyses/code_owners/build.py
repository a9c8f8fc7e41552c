"""Read the tree and its CODEOWNERS lines, and give the rows of declared ownership."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from trueline.analyses.base import Read
from trueline.model.table import Row
from trueline.sources.trees.codeowners import SHOWN, OwnersLine

from .tables import CODEOWNERS_USAGE, PATH_OWNERS
from .usage import LineUse, assign

READS = ("files", "codeowners_lines")

_FILES = "select repository, path from files order by repository, path"
_LINES = "select repository, path, line, pattern, owners, problem from codeowners_lines order by repository, path, line"


_KINDS = {shown: kind for kind, shown in SHOWN.items()}


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of `path_owners` and `codeowners_usage`."""
    paths: dict[str, list[str]] = defaultdict(list)
    for repository, path in read(_FILES):
        paths[repository].append(path)
    lines: dict[str, list[OwnersLine]] = defaultdict(list)
    places: dict[str, str] = {}
    for repository, path, line, pattern, owners, problem in read(_LINES):
        lines[repository].append(OwnersLine(line, pattern, tuple(owners or ()), problem))
        places[repository] = path
    owned: list[Row] = []
    used: list[Row] = []
    for repository in sorted(paths.keys() | lines.keys()):
        deciding, uses = assign(paths[repository], lines[repository])
        place = places.get(repository)
        for path, line_or_none in zip(paths[repository], deciding, strict=True):
            owned.append(_owned_row(repository, path, place, line_or_none))
        used.extend(_used_row(repository, places[repository], use) for use in uses)
    return {PATH_OWNERS.name: owned, CODEOWNERS_USAGE.name: used}


def _owned_row(repository: str, path: str, place: str | None, line: OwnersLine | None) -> Row:
    return (repository, path, list(line.owners) if line else [], place, line.line if line else None)


def _used_row(repository: str, place: str, use: LineUse) -> Row:
    line = use.line
    kinds = [_KINDS.get(owner, "team") for owner in line.owners]
    return (
        repository,
        place,
        line.line,
        line.pattern,
        list(line.owners),
        use.matched_files,
        use.effective_files,
        use.shadowed_by_line,
        line.problem,
        kinds,
    )
