"""Where a run works: settings, cache, lake, and the repositories that it looks at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from trueline.model.errors import UsageError
from trueline.settings import places
from trueline.settings.discovery import load_settings
from trueline.settings.pseudonyms import key_for, key_in, pseudonymizer
from trueline.settings.settings import RepositorySetting, Settings
from trueline.sources.git import NotARepository, Repository, name_of_folder, open_repository
from trueline.tables.lake import Lake

Report = Callable[[str], None]
"""Say what is going on; goes to standard error."""


@dataclass(frozen=True)
class Target:
    """One repository or plain directory."""

    name: str
    path: Path
    git: Repository | None
    """None for a plain directory."""
    branch: str | None = None
    is_handbook: bool = True
    """Records that nobody declared are mistakes here, and left alone elsewhere."""


@dataclass(frozen=True)
class Workspace:
    """Everything that a verb needs to know about its surroundings."""

    settings: Settings
    targets: tuple[Target, ...]
    """The directory asked for comes first."""
    cache: Path
    lake: Lake
    pseudonym: Callable[[str], str]
    now: datetime
    report: Report

    @property
    def name(self) -> str:
        return self.targets[0].name


def open_workspace(
    start: Path,
    *,
    environ: Mapping[str, str],
    now: datetime,
    report: Report,
    flags: Mapping[str, str | None] | None = None,
    config: Path | None = None,
    use_file: bool = True,
    own_lake: bool = False,
) -> Workspace:
    """Open what a directory belongs to. Raises UsageError or BadInput.

    With `own_lake` evidence stays in the user's cache whatever the settings file says: a scan does
    not write where a repository that it judges tells it to.
    """
    if not start.is_dir():
        raise UsageError(f"{start} is not a directory" if start.exists() else f"{start} does not exist")
    settings = load_settings(start, environ, flags, config, use_file)
    first = _first_target(start, settings)
    cache = places.ready(places.repository_directory(places.cache_directory(environ), first.path))
    shared = settings.lake is not None and not own_lake
    lake = Lake(settings.root / settings.lake) if shared and settings.lake else Lake(cache / "lake")
    key = key_for(places.config_directory(environ), environ) if shared else key_in(cache)
    others = [_listed_target(setting, settings) for setting in settings.repositories]
    targets = [first, *(target for target in others if target.path != first.path)]
    if first.path in {target.path for target in others}:
        targets[0] = next(target for target in others if target.path == first.path)
    _distinct(targets)
    return Workspace(settings, tuple(targets), cache, lake, pseudonymizer(key), now, report)


def _first_target(start: Path, settings: Settings) -> Target:
    """Return the repository of a directory, or the directory itself where there is none."""
    try:
        repository = open_repository(start)
    except NotARepository:
        folder = settings.root if settings.file else start
        return Target(settings.name or name_of_folder(folder.resolve()), folder.resolve(), None)
    path = repository.work_tree or repository.git_dir
    return Target(settings.name or repository.default_name(), path.resolve(), repository)


def _listed_target(setting: RepositorySetting, settings: Settings) -> Target:
    if setting.path is None:
        raise UsageError(
            f"repository {setting.name or setting.url} has a url and no path",
            fix="Clone it and give its path in trueline.toml",
        )
    path = (settings.root / setting.path).resolve()
    if not path.is_dir():
        raise UsageError(f"repository {setting.name or setting.path}: {path} does not exist")
    repository = open_repository(path)
    return Target(setting.name or repository.default_name(), path, repository, setting.branch, is_handbook=False)


def _distinct(targets: list[Target]) -> None:
    names = [target.name for target in targets]
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"two repositories are named {name}", fix="Give one of them a name in trueline.toml")
