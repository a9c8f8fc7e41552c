"""Count lines for the file changes that the lake holds: find the pairs that nobody counted, and have them counted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from trueline.model.errors import TruelineError
from trueline.model.evidence_tables import COMMITS, FILE_CHANGES, MERGE_CHANGES
from trueline.model.line_tables import BLOB_LINES
from trueline.model.table import Table
from trueline.sources.collectors.git_lines import GitLinesCollector, Pair, source_name
from trueline.tables.engine import Database
from trueline.tables.json_lines import text_literal
from trueline.tables.lake import Lake
from trueline.tables.manifest import BatchFile

from .collecting import CollectedSource, collect_from
from .workspace import Workspace, git_source

HUNK_DAYS = 365
"""Hunks are looked for in changes of so many days before a repository's newest commit."""

PART_ROWS = 25_000
"""File changes that are looked at together, so that memory does not grow with the history."""
MOST_PARTS = 16
"""Each part reads everything; beyond so many, what memory cannot hold goes to disk."""

_UNKNOWN = """
copy (
    with newest as (
        select max(c.committed_at) as committed_at from read_parquet([{commits}]) as c where c.validity = 'valid'
    ),
    pairs as (
        select
            c.old_blob_id as old,
            c.new_blob_id as new,
            coalesce(max(c.committed_at) > max(n.committed_at) - to_days({days}), true) as wants_hunks,
            max(c.committed_at) as committed_at,
            max(c.commit_id) as commit_id,
            min(c.path) as path
        from read_parquet([{changes}], union_by_name=true) as c
        cross join newest as n
        where hash(c.old_blob_id, c.new_blob_id) % {parts} = {part}
        group by c.old_blob_id, c.new_blob_id
    )
    select p.*
    from pairs as p
    where not exists (
        select 1
        from ({known}) as k
        where
            hash(k.old_blob_id, k.new_blob_id) % {parts} = {part}
            and k.old_blob_id is not distinct from p.old
            and k.new_blob_id is not distinct from p.new
            and (k.hunks is not null or not p.wants_hunks)
    )
) to {file} (format parquet, row_group_size 8192)
"""

_SORTED = """
copy (
    select p.old, p.new, p.wants_hunks::int, p.commit_id
    from read_parquet([{unknown}]) as p
    where hash(p.path) % {parts} = {part}
    -- Versions of one file follow each other, as git stores them: it unpacks each only once.
    order by p.path, p.committed_at desc, p.old nulls last, p.new nulls last
) to {file} (format csv, header false, delimiter ' ', quote '', escape '', nullstr '-')
"""


def collects_lines(workspace: Workspace) -> bool:
    """Say whether lines were ever counted for this lake: once asked for, they are kept up."""
    return source_name() in workspace.lake.manifests()


def collect_lines(workspace: Workspace) -> list[CollectedSource]:
    """Count the lines of every repository's changes; a failure of one does not stop the rest."""
    names = frozenset({target.name for target in workspace.targets} | {absent.name for absent in workspace.absent})
    done = []
    for target in workspace.targets:
        if target.git is None:
            continue
        pairs = unknown_pairs(workspace.lake, git_source(target, workspace.lake.manifests()))
        collector = GitLinesCollector(target.git, target.name, pairs, names, workspace.lake.scratch)
        shown = f"{collector.source} ({target.name})"
        try:
            done.append(replace(collect_from(collector, workspace.lake, workspace.now), source=shown))
        except TruelineError as error:
            done.append(CollectedSource(shown, {}, error=error))
    return done


def unknown_pairs(lake: Lake, source: str) -> Iterator[Pair]:
    """Yield the pairs of the file changes of a source whose lines the lake does not know; reads it when first asked."""
    manifests = lake.manifests()

    def files(of: str, table: Table) -> list[BatchFile]:
        manifest = manifests.get(of)
        return [file for file in manifest.live if file.table == table.name] if manifest else []

    changes = files(source, FILE_CHANGES) + files(source, MERGE_CHANGES)
    if not changes:
        return
    known = files(source_name(), BLOB_LINES)
    reads = {
        "commits": _listed(lake.root / file.path for file in files(source, COMMITS)),
        "changes": _listed(lake.root / file.path for file in changes),
        "known": f"from read_parquet([{_listed(lake.root / file.path for file in known)}])" if known else _NOTHING,
    }
    parts = min(MOST_PARTS, sum(file.rows for file in changes) // PART_ROWS + 1)
    scratch = lake.scratch if lake.scratch.is_dir() else None  # nobody who only asks writes into the lake
    with tempfile.TemporaryDirectory(prefix="trueline-", dir=scratch) as folder:
        for listed in _list_pairs(reads, parts, Path(folder)):
            with listed.open(encoding="ascii") as lines:
                for line in lines:
                    old, new, wants_hunks, commit_id = line.split()
                    yield Pair(None if old == "-" else old, None if new == "-" else new, wants_hunks == "1", commit_id)


def _list_pairs(reads: Mapping[str, str], parts: int, folder: Path) -> list[Path]:
    """Write the unknown pairs to files, those of one path side by side; return the files."""
    unknown, listed = ([folder / f"{name}-{part}" for part in range(parts)] for name in ("unknown", "sorted"))
    database = Database.building(spill=folder / "spill")
    try:
        database.execute(_FLAT)
        for part, file in enumerate(unknown):
            into = text_literal(str(file))
            database.execute(_UNKNOWN.format(**reads, days=HUNK_DAYS, parts=parts, part=part, file=into))
        for part, file in enumerate(listed):
            into = text_literal(str(file))
            database.execute(_SORTED.format(unknown=_listed(unknown), parts=parts, part=part, file=into))
    finally:
        database.close()
    return listed


_FLAT = "set memory_limit = '160MB'; set threads = 1; set preserve_insertion_order = false"
"""However long the history is, this takes no more memory; what does not fit goes to disk."""

_NOTHING = "select null::varchar as old_blob_id, null::varchar as new_blob_id, null::bigint as hunks where false"


def _listed(files: Iterable[Path]) -> str:
    return ", ".join(text_literal(str(file)) for file in files)
