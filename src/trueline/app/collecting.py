"""Bring evidence into the lake: git history of every repository, and feeds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from trueline.model.errors import TruelineError
from trueline.sources.collectors.base import Collected, Collector
from trueline.sources.collectors.git import GitCollector
from trueline.tables.lake import Lake
from trueline.tables.manifest import Manifest

from .workspace import Workspace, git_source

SAME_NEWS = timedelta(hours=20)
"""Looking again within this time and finding nothing new adds no manifest."""


@dataclass(frozen=True)
class CollectedSource:
    """What one collection brought."""

    source: str
    rows: dict[str, int]
    """Rows by table, of the batches that were not there before."""
    notes: tuple[str, ...] = ()
    error: TruelineError | None = None
    """Set where nothing was published; other sources are not affected."""


def collect_git(workspace: Workspace, told: Collection[str] = ()) -> list[CollectedSource]:
    """Collect the history of every repository; a failure of one does not stop the rest.

    `told` are names of repositories whose absence has been told already.
    """
    done = [CollectedSource(f"git/{one.name}", {}, error=one.error) for one in workspace.absent if one.name not in told]
    known = workspace.lake.manifests()
    for target in workspace.targets:
        if target.git is None:
            continue
        source = git_source(target, known)
        if source not in known:
            workspace.report(f"reading the history of {target.name} for the first time")
        collector = GitCollector(target.git, target.name, workspace.pseudonym, workspace.now, target.branch, source)
        try:
            collected = collect_from(collector, workspace.lake, workspace.now)
            done.append(replace(collected, source=f"git/{target.name}"))
        except TruelineError as error:
            done.append(CollectedSource(f"git/{target.name}", {}, error=error))
    return done


def collect_from(collector: Collector, lake: Lake, now: datetime) -> CollectedSource:
    """Collect what is new and publish it whole. Raises TruelineError, and then publishes nothing."""
    with lake.collection(collector.source) as collection:
        before = collection.previous
        collected = collector.collect(collection.cursor, collection.emit)
        rows: dict[str, int] = {}
        if before is None or not _same(before, collected, collection.changes(collected.replaces), now):
            manifest = collection.publish(
                collected_at=now.astimezone(UTC),
                cursor=collected.cursor,
                tables=collector.tables,
                replaces=collected.replaces,
                is_partial=collected.is_partial,
                notes=collected.notes,
            )
            for file in manifest.live:
                if file.batch_seq == manifest.sequence:
                    rows[file.table] = rows.get(file.table, 0) + file.rows
    return CollectedSource(collector.source, rows, collected.notes)


def _same(before: Manifest, collected: Collected, changes: bool, now: datetime) -> bool:
    return (
        not changes
        and dict(before.cursor) == dict(collected.cursor)
        and before.is_partial == collected.is_partial
        and now - before.collected_at < SAME_NEWS
    )
