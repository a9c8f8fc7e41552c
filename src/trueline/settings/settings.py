"""What `trueline.toml` can say, as frozen dataclasses.

Reading it is the business of `trueline_toml`; putting flags and environment over it of `discovery`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

RuleMode = Literal["off", "advise", "block"]
FeedFormat = Literal["csv", "jsonl", "parquet"]


@dataclass(frozen=True)
class RepositorySetting:
    """One `[[repository]]` of the organisation: a path, a URL, or both (the copy and where it comes from)."""

    name: str | None = None
    path: Path | None = None
    url: str | None = None
    branch: str | None = None
    """The branch that counts as the main line; None is the remote's own default."""
    former_names: tuple[str, ...] = ()
    """What it was called before: evidence and findings under these names are its own."""
    place: tuple[str, int, int] | None = field(default=None, compare=False)
    """File, line and column, both from 1, where it is set; for errors."""


@dataclass(frozen=True)
class Population:
    """What a feed claims to cover: outside of it, no row means nothing."""

    repositories: tuple[str, ...] = ()
    """Names; empty is every repository."""
    since: date | None = None
    """The first day that it covers; None where it covers all time."""


@dataclass(frozen=True)
class FeedSetting:
    """One `[feeds.NAME]`: a file of rows for one table."""

    name: str
    table: str
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column of the table -> column of the feed; those of the same name need no entry."""
    population: Population = Population()
    format: FeedFormat | None = None
    """None: by the suffix of the file."""
    path: Path | None = None
    """The file, where it is always the same one."""
    ignore: tuple[str, ...] = ()
    """Columns of the feed that are left out on purpose."""
    zone: str | None = None
    """Time zone of times that carry none, such as `Europe/Lisbon`; None refuses such times."""


@dataclass(frozen=True)
class GateSetting:
    """`[gate]`: what the judged past of a repository must show before a rule of the gate may stop a change."""

    stopped_share: float = 0.02
    """Of the landed changes of the past year, the share that a rule may have stopped at most."""
    judged_changes: int = 30
    """Landed changes that must have been judged to know that share."""
    without_replay: Literal["advise", "block"] = "advise"
    """What a rule does that is set to block while too few are judged."""


@dataclass(frozen=True)
class Settings:
    """Everything that is set, and where each setting comes from."""

    root: Path
    """The directory that relative paths start from."""
    file: Path | None = None
    """The file that was read; None where there is none."""
    schema: int = 1
    name: str | None = None
    repositories: tuple[RepositorySetting, ...] = ()
    practices: tuple[Path, ...] = ()
    """Folders of practices beside the built-in ones."""
    records: Mapping[str, str] = field(default_factory=dict)
    """Glob in gitignore's dialect -> kind, in the order of the file; a later one prevails."""
    feeds: Mapping[str, FeedSetting] = field(default_factory=dict)
    lake: Path | None = None
    """None: in the user's cache."""
    rules: Mapping[str, RuleMode] = field(default_factory=dict)
    """Rule, as the file names it -> mode."""
    gate: GateSetting = GateSetting()
    origins: Mapping[str, str] = field(default_factory=dict)
    """Setting, such as `lake.path` -> where it comes from; a setting left out is a default."""

    def origin(self, setting: str) -> str:
        """Return where a setting comes from, for `doctor`: `trueline.toml:7`, `environment …`, `flag …`, `default`."""
        return self.origins.get(setting, "default")
