"""Bring feeds into the lake: those that `trueline.toml` gives a path, and the one that somebody hands in."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from trueline.model.errors import BadInput, Problem, TruelineError, UsageError
from trueline.model.feed_tables import FEED_TABLES
from trueline.model.table import Table
from trueline.settings.settings import FeedFormat, FeedSetting
from trueline.settings.suggestion import did_you_mean, shown
from trueline.sources.collectors.feed import (
    Content,
    Feed,
    FeedCollector,
    csv_content,
    jsonl_content,
    open_zone,
    typed_content,
)
from trueline.tables.parquet_file import read_parquet

from .collecting import CollectedSource, collect_from
from .workspace import Workspace

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SUFFIXES: Mapping[str, FeedFormat] = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}


@dataclass(frozen=True)
class HandedIn:
    """A file that somebody hands in for a table; what is left out comes from the settings of that feed."""

    table: str
    file: Path
    shown_as: str
    """As the user named it."""
    name: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column of the table -> column of the file, over those of the settings."""
    ignored: frozenset[str] = frozenset()
    zone: str | None = None
    format: FeedFormat | None = None


def collect_feeds(workspace: Workspace) -> list[CollectedSource]:
    """Collect every feed that the settings give a path; a failure of one does not stop the rest."""
    done = []
    for setting in workspace.settings.feeds.values():
        if setting.path is None:
            continue
        workspace.report(f"feed {setting.name}")
        shown_as = os.path.relpath(setting.path, workspace.settings.root)
        try:
            table = feed_table(setting.table)
            done.append(_collect(workspace, setting, HandedIn(table.name, setting.path, shown_as)))
        except TruelineError as error:
            done.append(CollectedSource(f"feed/{setting.name}", {}, error=error))
    return done


def collect_feed(workspace: Workspace, handed_in: HandedIn) -> CollectedSource:
    """Collect one file. Raises UsageError or BadInput, and then publishes nothing."""
    table = feed_table(handed_in.table)
    return _collect(workspace, _setting(workspace.settings.feeds, table, handed_in.name), handed_in)


def feed_table(name: str) -> Table:
    """Return the table that feeds can fill. Raises UsageError with those that they can."""
    tables = {table.name: table for table in FEED_TABLES}
    if name not in tables:
        near = did_you_mean(name, tables)
        fix = f"{near} " if near.startswith("Did") else ""
        raise UsageError(f"no feed fills a table {shown(name)}", fix=f"{fix}Feeds fill {', '.join(sorted(tables))}.")
    return tables[name]


def _setting(feeds: Mapping[str, FeedSetting], table: Table, name: str | None) -> FeedSetting:
    """Return the settings of the feed that is meant; a feed without any is named after its table."""
    if name is None and table.name not in feeds:
        of_table = [feed.name for feed in feeds.values() if feed.table == table.name]
        if len(of_table) > 1:
            raise UsageError(f"several feeds fill {table.name}", fix=f"Say --name, one of {', '.join(of_table)}")
        name = of_table[0] if of_table else None
    name = name or table.name
    setting = feeds.get(name) or FeedSetting(name, table.name)
    if setting.table != table.name:
        raise UsageError(
            f"the feed {shown(name)} fills {shown(setting.table)} in trueline.toml, not {table.name}",
            fix="Give this one another --name",
        )
    return setting


def _collect(workspace: Workspace, setting: FeedSetting, handed_in: HandedIn) -> CollectedSource:
    feed = _feed(workspace, setting, handed_in)
    format_ = handed_in.format or setting.format or _format_of(handed_in)
    content = _content(handed_in, format_)
    return collect_from(FeedCollector(feed, content, workspace.now), workspace.lake, workspace.now)


def _feed(workspace: Workspace, setting: FeedSetting, handed_in: HandedIn) -> Feed:
    if not _NAME.fullmatch(setting.name):
        raise UsageError(f"{shown(setting.name)} is no name for a feed", fix="Use letters, digits, dots, _ and -")
    declared_at = _declared_at(workspace, setting)
    _known_repositories(setting, [target.name for target in workspace.targets], declared_at)
    zone = handed_in.zone or setting.zone
    return Feed(
        name=setting.name,
        table=feed_table(setting.table),
        columns={**setting.columns, **handed_in.columns},
        ignored=frozenset(setting.ignore) | handed_in.ignored,
        zone=open_zone(zone) if zone else None,
        repositories=setting.population.repositories,
        since=setting.population.since,
        declared_at=dict.fromkeys(setting.columns.keys() - handed_in.columns.keys(), declared_at),
    )


def _known_repositories(setting: FeedSetting, names: Collection[str], declared_at: tuple[str, int]) -> None:
    """Raise BadInput where a feed claims to cover what is no repository: nobody could ever check that."""
    path, line = declared_at
    unknown = [name for name in setting.population.repositories if name not in names]
    what = "is no repository here, but the population of feed"
    problems = [
        Problem(path, line, 0, f"{shown(name)} {what} {setting.name} names it", did_you_mean(name, names))
        for name in unknown
    ]
    if problems:
        raise BadInput(problems)


def _declared_at(workspace: Workspace, setting: FeedSetting) -> tuple[str, int]:
    path, _, line = workspace.settings.origin(f"feeds.{setting.name}").rpartition(":")
    return (path, int(line)) if path and line.isdigit() else ("", 0)


def _format_of(handed_in: HandedIn) -> FeedFormat:
    suffix = handed_in.file.suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(
            f"{handed_in.shown_as}: the format cannot be told from the name",
            fix=f"Say --as, or format in trueline.toml: one of {', '.join(get_args(FeedFormat))}",
        )
    return _SUFFIXES[suffix]


def _content(handed_in: HandedIn, format_: FeedFormat) -> Content:
    """Read a file. Raises BadInput where it cannot be read."""
    path, shown_as = handed_in.file, handed_in.shown_as
    try:
        if not path.is_file():  # a device or a pipe need not end
            raise BadInput([Problem(shown_as, 0, 0, "is no file" if path.exists() else "does not exist")])
        if format_ == "parquet":
            return typed_content(shown_as, *read_parquet(path, shown_as))
        content = path.read_bytes()
    except OSError as error:
        raise BadInput([Problem(shown_as, 0, 0, f"cannot be read: {(error.strerror or '').lower()}")]) from error
    return csv_content(shown_as, content) if format_ == "csv" else jsonl_content(shown_as, content)
