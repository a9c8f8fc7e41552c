"""Where standards hold and what breaks them: their paths, held against files and against results of scanners.

Which results are of a standard's rule is SQL; only gitignore's dialect needs Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from trueline.analyses.base import Analysis, Read
from trueline.analyses.code_owners.matching import PathIndex
from trueline.analyses.services.path_sets import Pattern, paths_of, read_pattern
from trueline.model.table import REPOSITORY, Column, Row, Table

_STANDARD = (
    Column("standard_repository", "varchar", "Repository of the record.", required=True),
    Column("standard_id", "varchar", "Id of the standard.", required=True),
)

STANDARD_REACH = Table(
    name="standard_reach",
    title="How many files standards hold for",
    grain="one row per standard in force and repository where it holds",
    key=("repository", "standard_repository", "standard_id"),
    origin="analysis",
    columns=(
        REPOSITORY,
        *_STANDARD,
        Column("files", "bigint", "Files that its paths match; all where it names none.", required=True),
    ),
)

STANDARD_RESULTS = Table(
    name="standard_results",
    title="Results of scanners that break a standard",
    grain="one row per standard in force, repository and result of its rule in its paths since it holds",
    key=("repository", "standard_repository", "standard_id", "tool", "category", "fingerprint"),
    origin="analysis",
    columns=(
        REPOSITORY,
        *_STANDARD,
        Column("tool", "varchar", "The tool, as it calls itself.", required=True),
        Column("category", "varchar", "Which of several runs of the tool.", required=True),
        Column("fingerprint", "varchar", "Same for the same result at another line or commit.", required=True),
        Column("rule", "varchar", "Id of the rule, as the tool writes it.", required=True),
        Column("level", "varchar", "error, warning, note or none.", required=True),
        Column("path", "varchar", "The file; null where none of the repository is named."),
        Column("line", "bigint", "1-based line, where one is named."),
    ),
)

_FOUND = """
select
    s.repository, s.standard_repository, s.standard_id,
    r.tool, r.category, r.fingerprint, r.rule, r.level, r.path, r.line
from standards_in_force as s
inner join current_scanner_results as r
    on s.repository = r.repository and lower(r.tool) glob lower(s.tool_pattern) and r.rule glob s.rule_pattern
where s.since is null or cast(timezone('UTC', r.found_at) as date) >= s.since
order by all
"""
_IN_FORCE = """
select repository, standard_repository, standard_id, coalesce(paths, [])
from standards_in_force order by repository, standard_repository, standard_id
"""


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return how far each standard reaches, and the results that break it."""
    patterns = {(row[0], row[1], row[2]): [read_pattern(str(text)) for text in row[3]] for row in read(_IN_FORCE)}
    found = read(_FOUND) if patterns else []
    files = _by_repository(read("select repository, path from files order by repository, path") if patterns else [])
    broken = _by_repository((row[0], row[8]) for row in found if row[8] is not None)
    named = {name: PathIndex(sorted(set(paths))) for name, paths in broken.items()}
    inside = {key: _inside(chosen, named.get(key[0])) for key, chosen in patterns.items() if chosen}
    return {
        STANDARD_REACH.name: list(_reach(patterns, {name: PathIndex(paths) for name, paths in files.items()})),
        STANDARD_RESULTS.name: [
            row for row in found if row[:3] not in inside or row[8] in inside[row[0], row[1], row[2]]
        ],
    }


def _by_repository(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[str]]:
    paths: dict[str, list[str]] = {}
    for repository, path in rows:
        paths.setdefault(repository, []).append(path)
    return paths


def _inside(patterns: list[Pattern], index: PathIndex | None) -> frozenset[str]:
    return frozenset() if index is None else frozenset(index.paths[number] for number in paths_of(patterns, index))


def _reach(patterns: Mapping[tuple[str, str, str], list[Pattern]], files: Mapping[str, PathIndex]) -> Iterator[Row]:
    for key, chosen in patterns.items():
        index = files.get(key[0])
        count = 0 if index is None else len(paths_of(chosen, index)) if chosen else len(index.paths)
        yield (*key, count)


ANALYSIS = Analysis(
    name="standards",
    version=1,
    title="Where standards hold and what breaks them",
    reads=("standards_in_force", "current_scanner_results", "files"),
    writes=(STANDARD_REACH, STANDARD_RESULTS),
    build=build,
)
