"""Read what governed documents said in earlier commits, each content once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from trueline.analyses.governance.classes import DocumentClass, matcher, usual_classes
from trueline.model.table import Status, Table
from trueline.sources.git import path_bytes
from trueline.sources.trees.documents import is_document
from trueline.sources.versions.history import HistoryTree
from trueline.sources.versions.parser import VERSIONS
from trueline.tables.catalog import Source
from trueline.tables.engine import Database
from trueline.tables.json_lines import text_literal
from trueline.tables.parsed_rows import ParsedRows

from .definitions import Definitions
from .looking import TreeReading
from .parsing import parsed_rows
from .workspace import Workspace

MOST_VERSIONS = 30_000
"""More contents than that are not read: then what they said is unknown, and the tables are incomplete."""


def versions(
    reading: TreeReading, sources: Sequence[Source], workspace: Workspace, definitions: Definitions
) -> ParsedRows:
    """Return what every content that a governed path ever had said; absent where no history was collected."""
    (changes,) = (source for source in sources if source.table.name == "file_changes")
    is_governed = governed(declared_classes(reading, definitions.record_tables) or usual_classes())
    files = [workspace.lake.root / file.path for file in changes.files]
    pairs = _pairs(files, is_governed, workspace.renamed)
    left_out = sum(map(len, pairs.values())) - MOST_VERSIONS
    trees = [
        (one.target.name, HistoryTree(one.target.git.git, sorted(pairs.get(one.target.name, ()))[:MOST_VERSIONS]))
        for one in reading.looked
        if one.target.git is not None
    ]
    parsed = parsed_rows(VERSIONS, trees, workspace)
    if changes.status.state != "complete":
        return replace(parsed, status=replace(changes.status, table=""))
    if left_out > 0:
        return replace(parsed, status=Status("", "incomplete", f"{left_out:,} contents were not read"))
    return parsed


def declared_classes(reading: TreeReading, record_tables: Mapping[str, Table]) -> list[DocumentClass]:
    """Return the classes that records of these trees declare."""
    table = record_tables["document_class"]
    found = []
    for name, read in reading.records:
        for row in read.rows[table.name]:
            stated: dict[str, Any] = dict(zip(table.column_names, row, strict=True))
            found.append(DocumentClass(stated["document_class_id"], stated, name, stated["source_path"]))
    return found


def governed(classes: Iterable[DocumentClass]) -> Callable[[str], bool]:
    """Return whether a path is at home in one of the classes."""
    homes = [matcher(one) for one in classes]
    return lambda path: is_document(path.encode()) and any(is_home(path) for is_home in homes)


def _pairs(
    files: Sequence[Path], is_governed: Callable[[str], bool], renamed: Mapping[str, str]
) -> dict[str, set[tuple[bytes, str]]]:
    """Return path and content of every version of every governed path, by the repository's name of today."""
    if not files:
        return {}
    listed = ", ".join(text_literal(str(file)) for file in files)
    database = Database.building()
    try:
        rows = database.rows(
            "select distinct repository, path, unnest([old_blob_id, new_blob_id]) as blob_id"
            f" from read_parquet([{listed}], union_by_name=true) where regexp_matches(lower(path), '[.](md|markdown|mdx)$')"
        )
    finally:
        database.close()
    known: dict[str, bool] = {}
    pairs: dict[str, set[tuple[bytes, str]]] = {}
    for repository, path, blob_id in rows:
        if path not in known:
            known[path] = is_governed(path)
        if known[path] and blob_id and set(blob_id) != {"0"}:
            pairs.setdefault(renamed.get(repository, repository), set()).add((path_bytes(path), blob_id))
    return pairs
