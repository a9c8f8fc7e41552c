"""Count lines for the file changes that the lake holds: find the pairs that nobody counted, and have them counted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from trueline.model.errors import TruelineError
from trueline.model.evidence_tables import COMMITS, FILE_CHANGES, MERGE_CHANGES
from trueline.model.line_tables import BLOB_LINES
from trueline.sources.collectors.git_lines import GitLinesCollector, Pair, source_name
from trueline.tables.engine import Database
from trueline.tables.json_lines import text_literal
from trueline.tables.lake import Lake

from .collecting import CollectedSource, collect_from
from .workspace import Workspace

HUNK_DAYS = 365
"""Hunks are looked for in changes of so many days before a repository's newest commit."""

_PAIRS = """
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
        group by c.old_blob_id, c.new_blob_id
    )
    select p.old, p.new, p.wants_hunks::int, p.commit_id
    from pairs as p
    where not exists (
        select 1
        from ({known}) as k
        where
            k.old_blob_id is not distinct from p.old
            and k.new_blob_id is not distinct from p.new
            and (k.hunks is not null or not p.wants_hunks)
    )
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
        pairs = unknown_pairs(workspace.lake, target.name)
        collector = GitLinesCollector(target.git, target.name, pairs, names)
        shown = f"{collector.source} ({target.name})"
        try:
            done.append(replace(collect_from(collector, workspace.lake, workspace.now), source=shown))
        except TruelineError as error:
            done.append(CollectedSource(shown, {}, error=error))
    return done


def unknown_pairs(lake: Lake, repository: str) -> Iterator[Pair]:
    """Yield the pairs of a repository's file changes whose lines the lake does not know; reads it when first asked."""
    manifests = lake.manifests()

    def files(source: str, table: str) -> list[Path]:
        manifest = manifests.get(source)
        return [lake.root / file.path for file in manifest.live if file.table == table] if manifest else []

    changes, merges, commits = (
        files(f"git/{repository}", table.name) for table in (FILE_CHANGES, MERGE_CHANGES, COMMITS)
    )
    if not changes:
        return
    known = files(source_name(), BLOB_LINES.name)
    with tempfile.TemporaryDirectory(prefix="trueline-") as folder:
        listed = Path(folder) / "pairs"
        sql = _PAIRS.format(
            commits=_listed(commits),
            changes=_listed(changes + merges),
            known=f"from read_parquet([{_listed(known)}])" if known else _NOTHING,
            days=HUNK_DAYS,
            file=text_literal(str(listed)),
        )
        database = Database.building(spill=Path(folder) / "spill")
        try:
            database.execute(_FLAT + sql)
        finally:
            database.close()
        with listed.open(encoding="ascii") as lines:
            for line in lines:
                old, new, wants_hunks, commit_id = line.split()
                yield Pair(None if old == "-" else old, None if new == "-" else new, wants_hunks == "1", commit_id)


_FLAT = "set memory_limit = '160MB'; set threads = 1; "
"""However long the history is, this takes no more memory; what does not fit goes to disk."""

_NOTHING = "select null::varchar as old_blob_id, null::varchar as new_blob_id, null::bigint as hunks where false"


def _listed(files: Sequence[Path]) -> str:
    return ", ".join(text_literal(str(file)) for file in files)
