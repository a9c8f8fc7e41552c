"""Where a run works: settings, cache, lake, and the repositories that it looks at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from trueline.model.errors import BadInput, Problem, TruelineError, UsageError
from trueline.settings import places
from trueline.settings.discovery import load_settings
from trueline.settings.pseudonyms import key_for, key_in, pseudonymizer
from trueline.settings.settings import RepositorySetting, Settings
from trueline.sources.git import NotARepository, Repository, name_of_folder, open_repository
from trueline.sources.git.mirror import mirror_directory
from trueline.sources.git.repository import name_of_remote
from trueline.tables.lake import Lake
from trueline.tables.statement_memo import remember_in

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
    former_names: tuple[str, ...] = ()
    """What it was called when earlier evidence was collected."""


@dataclass(frozen=True)
class Absent:
    """A repository that cannot be looked at, and why."""

    name: str
    error: TruelineError


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
    mirrors: Path
    """Where repositories that live elsewhere are mirrored."""
    absent: tuple[Absent, ...] = ()
    """Repositories that the settings name and that cannot be looked at."""

    @property
    def name(self) -> str:
        return self.targets[0].name

    @property
    def renamed(self) -> dict[str, str]:
        """The name of today by each former one."""
        return {former: target.name for target in self.targets for former in target.former_names}


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
    mirrors = places.cache_directory(environ) / "mirrors"
    remember_in(places.cache_directory(environ))
    others, absent = _listed(settings, mirrors)
    targets = [first, *(target for target in others if target.path != first.path)]
    if first.path in {target.path for target in others}:
        targets[0] = next(target for target in others if target.path == first.path)
    _distinct(targets)
    return Workspace(settings, tuple(targets), cache, lake, pseudonymizer(key), now, report, mirrors, absent)


def _first_target(start: Path, settings: Settings) -> Target:
    """Return the repository of a directory, or the directory itself where there is none."""
    try:
        repository = open_repository(start)
    except NotARepository:
        folder = settings.root if settings.file else start
        return Target(settings.name or name_of_folder(folder.resolve()), folder.resolve(), None)
    path = repository.work_tree or repository.git_dir
    return Target(settings.name or repository.default_name(), path.resolve(), repository)


def _listed(settings: Settings, mirrors: Path) -> tuple[list[Target], tuple[Absent, ...]]:
    """Return the repositories that the settings list, and those that cannot be looked at now."""
    targets: list[Target] = []
    absent: list[Absent] = []
    for setting in settings.repositories:
        try:
            targets.append(_listed_target(setting, settings, mirrors))
        except TruelineError as error:
            absent.append(Absent(shown_name(setting), placed(error, setting)))
    return targets, tuple(absent)


def _listed_target(setting: RepositorySetting, settings: Settings, mirrors: Path) -> Target:
    path = (settings.root / setting.path).resolve() if setting.path else mirror_of(setting.url or "", mirrors)
    if not path.is_dir():
        if setting.path is None:
            raise UsageError(f"repository {shown_name(setting)} was never fetched", fix="trueline collect fetches it.")
        raise UsageError(
            f"repository {shown_name(setting)}: {path} does not exist", fix="Correct its path in trueline.toml."
        )
    repository = open_repository(path)
    _is_its_own(repository, path, shown_name(setting))
    if setting.branch:
        repository.main_line(setting.branch)  # what names a branch that is not there stops only itself
    name = setting.name or (_name_of_address(setting.url) if setting.url else None) or repository.default_name()
    return Target(name, path, repository, setting.branch, is_handbook=False, former_names=setting.former_names)


def _is_its_own(repository: Repository, path: Path, name: str) -> None:
    """Raise UsageError where a folder only lies in a repository: the whole history would be told under its name."""
    root = (repository.work_tree or repository.git_dir).resolve()
    if path not in (root, repository.git_dir.resolve()):
        raise UsageError(
            f"repository {name}: {path} lies inside the repository {root}, which would be counted as a whole",
            fix="Name the folder of the repository itself; a part of it is a service, told by a record or catalog-info.yaml",
        )


def placed(error: TruelineError, setting: RepositorySetting) -> TruelineError:
    """Return what is wrong with a repository as something wrong with its setting, where that is written."""
    if setting.place is None:
        return error
    path, line, col = setting.place
    return BadInput([Problem(path, line, col, one.message, one.fix, one.code) for one in error.problems])


def _name_of_address(url: str) -> str | None:
    """Return `owner/name` for an address on a host, and the name of the folder for one on this machine."""
    if url.lower().startswith("file://"):
        return name_of_folder(Path(url.rstrip("/")))
    return name_of_remote(url)


def git_source(target: Target, known: Collection[str]) -> str:
    """Return the source of a repository's history: under a former name, where only that was ever collected."""
    sources = [f"git/{name}" for name in (target.name, *target.former_names)]
    return next((source for source in sources if source in known), sources[0])


def mirror_of(url: str, mirrors: Path) -> Path:
    """Return where the mirror of an address is."""
    return mirror_directory(mirrors, url)


def shown_name(setting: RepositorySetting) -> str:
    """Return what people call a repository that the settings list: its name, its remote's or its folder's, never a path."""
    folder = setting.path.name if setting.path else None
    return setting.name or (_name_of_address(setting.url) if setting.url else None) or folder or "a repository"


def _distinct(targets: list[Target]) -> None:
    names = [target.name for target in targets]
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"two repositories are named {name}", fix="Give one of them a name in trueline.toml")
