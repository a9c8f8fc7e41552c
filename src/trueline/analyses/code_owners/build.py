"""Read the tree and its CODEOWNERS lines, and give the rows of declared ownership."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from trueline.analyses.base import Read
from trueline.model.table import Row
from trueline.sources.trees.codeowners import SHOWN, Dialect, OwnersLine

from .tables import CODEOWNERS_USAGE, PATH_OWNERS
from .usage import LineUse, assign_sections, deciding_line

READS = ("files", "codeowners_lines")

_FILES = "select repository, path from files order by repository, path"
_LINES = (
    "select repository, path, dialect, line, pattern, owners, problem, kind, section, approvals, ignored_owners, has_comment"
    " from codeowners_lines order by repository, path, line"
)

_KINDS = {shown: kind for kind, shown in SHOWN.items()}


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of `path_owners` and `codeowners_usage`."""
    paths: dict[str, list[str]] = defaultdict(list)
    for repository, path in read(_FILES):
        paths[repository].append(path)
    lines: dict[str, list[OwnersLine]] = defaultdict(list)
    places: dict[str, str] = {}
    dialects: dict[str, Dialect] = {}
    for repository, path, dialect, line, pattern, owners, *rest in read(_LINES):
        lines[repository].append(OwnersLine(line, pattern, tuple(owners or ()), *rest))
        places[repository], dialects[repository] = path, dialect
    owned: list[Row] = []
    used: list[Row] = []
    for repository in sorted(paths.keys() | lines.keys()):
        place, rules = places.get(repository), dialects.get(repository, "github")
        deciding, uses = assign_sections(paths[repository], lines[repository], rules)
        for path, deciders in zip(paths[repository], deciding, strict=True):
            owned.append(_owned_row(repository, path, place, deciders))
        used.extend(_used_row(repository, place, rules, use) for use in uses)
    return {PATH_OWNERS.name: owned, CODEOWNERS_USAGE.name: used}


def _owned_row(repository: str, path: str, place: str | None, deciders: tuple[OwnersLine, ...]) -> Row:
    owners: list[str] = []
    for line in deciders:
        # Two persons are shown alike, so only who is named can be said once for two sections.
        owners += [owner for owner in line.owners if owner in _KINDS or owner not in owners]
    decider = deciding_line(deciders)
    return (repository, path, owners, place, decider.line if decider else None, sorted(line.line for line in deciders))


def _used_row(repository: str, place: str | None, dialect: Dialect, use: LineUse) -> Row:
    line = use.line
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
        [_kind(owner, dialect) for owner in line.owners],
        dialect,
        line.section,
        line.kind,
        line.ignored_owners,
        use.cleared_files,
        use.cleared_from_line,
        line.has_comment,
    )


def _kind(shown: str, dialect: Dialect) -> str:
    kind = _KINDS.get(shown, "team")
    return "team" if kind == "person" and dialect == "gitlab" else kind
