"""Which specification governs which file: the paths that records of kind `spec` name, held against the tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trueline.analyses.base import Analysis, Read
from trueline.analyses.code_owners.matching import PathIndex
from trueline.analyses.services.path_sets import paths_of, read_pattern
from trueline.model.table import REPOSITORY, Column, Row, Table

GOVERNED_PATHS = Table(
    name="governed_paths",
    title="Files that specifications govern",
    grain="one row per specification and file that its paths match",
    key=("repository", "path", "spec_repository", "spec_id"),
    origin="analysis",
    basis="declared",
    columns=(
        REPOSITORY,
        Column("path", "varchar", "The file.", required=True),
        Column("spec_repository", "varchar", "Repository of the record.", required=True),
        Column("spec_id", "varchar", "Id of the specification.", required=True),
        Column("status", "varchar", "Whether it prevails."),
        Column("owner", "varchar", "Who may change it."),
        Column("spec_path", "varchar", "The document.", required=True),
    ),
)


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return one row per specification and file; a specification governs in every repository that is looked at."""
    specs = read(
        "select repository, spec_id, status, owner, source_path, paths from specs where len(paths) > 0 order by repository, spec_id"
    )
    paths: dict[str, list[str]] = {}
    for repository, path in read("select repository, path from files order by repository, path") if specs else ():
        paths.setdefault(repository, []).append(path)
    return {GOVERNED_PATHS.name: list(_rows(specs, {name: PathIndex(found) for name, found in paths.items()}))}


def _rows(specs: Iterable[Row], indexes: Mapping[str, PathIndex]) -> Iterator[Row]:
    for spec_repository, spec_id, status, owner, spec_path, globs in specs:
        patterns = [read_pattern(str(glob)) for glob in globs]  # type: ignore[union-attr]
        for repository, index in indexes.items():
            for number in sorted(paths_of(patterns, index)):
                yield repository, index.paths[number], spec_repository, spec_id, status, owner, spec_path


ANALYSIS = Analysis(
    name="governed_paths",
    version=1,
    title="Files that specifications govern",
    reads=("specs", "files"),
    writes=(GOVERNED_PATHS,),
    build=build,
)
