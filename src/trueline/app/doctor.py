"""Examine what Trueline itself stands on: settings, directories, practices, tables, records, rules.

Every step that fails becomes a problem and the rest goes on as far as it can; nothing is raised.
What it finds in the repository's own work is the business of `scan` and `check`.
"""

from __future__ import annotations

import platform
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal, TypeVar

from trueline import __version__
from trueline.model.errors import BadInput, Problem, TruelineError
from trueline.rules.lint import lint
from trueline.rules.parameters import Parametrized, values_of
from trueline.settings import places
from trueline.settings.settings import Settings
from trueline.sources.git.run import Git

from .definitions import Definitions, load_definitions
from .evaluating import evaluate, rule_settings
from .snapshots import Taken, take_snapshot
from .workspace import Report, Workspace, open_workspace

T = TypeVar("T")
Area = Literal["settings", "git", "practices", "snapshot", "tables", "trees", "records", "rows", "rules"]


@dataclass(frozen=True)
class Trouble:
    """One problem and what it is about."""

    area: Area
    problem: Problem
    stops: bool
    """True where other commands cannot work, or a rule cannot run."""


@dataclass(frozen=True)
class TableState:
    """How far a table can be trusted today, and how fresh it is."""

    name: str
    origin: str
    basis: str
    state: str
    reason: str
    rows: int
    collected_at: datetime | None
    """The oldest of the collections that fill it; None for what is read from trees or derived."""


@dataclass
class Diagnosis:
    """All that was found out, as far as it could be."""

    versions: dict[str, str] = field(default_factory=dict)
    settings: list[tuple[str, str, str]] = field(default_factory=list)
    """Setting, value, origin."""
    directories: list[tuple[str, str, str]] = field(default_factory=list)
    """What for, path, origin."""
    practices: list[tuple[str, str, str, int, int, int]] = field(default_factory=list)
    """Name, origin, path, and how many kinds, checks and metrics it has."""
    tables: list[TableState] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    checks_run: int = 0
    metrics_run: int = 0

    @property
    def stopped(self) -> int:
        """Count what stops other commands."""
        return sum(trouble.stops for trouble in self.troubles)


def examine(
    start: Path,
    *,
    environ: Mapping[str, str],
    now: datetime,
    report: Report,
    config: Path | None = None,
    use_file: bool = True,
) -> Diagnosis:
    """Return the diagnosis of a directory. Raises nothing; a defect of ours is a problem too."""
    found = Diagnosis()
    _try(found, "git", lambda: _versions(found, start))
    _try(found, "settings", lambda: _user_directories(found, environ))
    workspace = _try(
        found,
        "settings",
        lambda: open_workspace(start, environ=environ, now=now, report=report, config=config, use_file=use_file),
    )
    if workspace is None:
        return found
    _describe(found, workspace)
    definitions = _try(found, "practices", lambda: load_definitions(workspace.settings))
    if definitions is None:
        return found
    found.practices = list(_practices(definitions, workspace.settings))
    taken = _try(found, "snapshot", lambda: take_snapshot(workspace, definitions))
    if taken is None:
        return found
    try:
        _try(found, "tables", lambda: _snapshot(found, taken, workspace))
        _try(found, "trees", lambda: _trees(found, taken))
        _try(found, "rows", lambda: _impossible(found, taken, definitions))
        _try(found, "rules", lambda: _rules(found, taken, workspace, definitions))
    finally:
        taken.close()
    return found


def _try(found: Diagnosis, area: Area, step: Callable[[], T]) -> T | None:
    """Return what a step gives; None where it fails, with its problems noted."""
    try:
        return step()
    except TruelineError as error:
        noted = {trouble.problem for trouble in found.troubles}  # git missing stops more than one step
        found.troubles += [Trouble(area, problem, True) for problem in error.problems if problem not in noted]
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
        fix = "This is a defect of Trueline; report it."
        found.troubles.append(Trouble(area, Problem("", 0, 0, message, fix, "defect"), True))
    return None


def _versions(found: Diagnosis, start: Path) -> None:
    found.versions = {"trueline": __version__, "python": platform.python_version()}
    for package in ("click", "duckdb"):
        try:
            found.versions[package] = version(package)
        except PackageNotFoundError:
            found.versions[package] = "not installed"
    where = start if start.is_dir() else Path()
    found.versions["git"] = Git(where).output("version").decode().removeprefix("git version ").strip()


def _user_directories(found: Diagnosis, environ: Mapping[str, str]) -> None:
    for what, directory, variable in (
        ("cache", places.cache_directory(environ), places.CACHE_VARIABLE),
        ("configuration", places.config_directory(environ), places.CONFIG_VARIABLE),
    ):
        origin = f"environment {variable}" if environ.get(variable) else "default"
        found.directories.append((what, str(directory), origin))


def _describe(found: Diagnosis, workspace: Workspace) -> None:
    settings = workspace.settings
    found.settings = list(_settings(settings, workspace))
    found.directories.append(("this repository's cache", str(workspace.cache), "derived"))
    found.directories.append(("lake", str(workspace.lake.root), settings.origin("lake.path")))
    for target in workspace.targets:
        sort = "plain directory" if target.git is None else "git"
        found.directories.append((f"repository {target.name}", str(target.path), sort))


def _settings(settings: Settings, workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    yield "file", str(settings.file) if settings.file else "none", "found" if settings.file else "default"
    yield "schema", str(settings.schema), settings.origin("schema")
    yield "name", workspace.name, settings.origin("name")
    yield "lake.path", str(settings.lake) if settings.lake else "in the cache", settings.origin("lake.path")
    listed = ", ".join(str(path) for path in settings.practices)
    yield "practices.paths", listed or "none beside the built-in", settings.origin("practices.paths")
    for number, repository in enumerate(settings.repositories, 1):
        where = repository.path or repository.url
        yield f"repository {number}", f"{repository.name or ''} {where}".strip(), settings.origin("repository")
    for glob, kind in settings.records.items():
        yield f"records.{glob}", kind, settings.origin(f"records.{glob}")
    for name, feed in settings.feeds.items():
        yield (
            f"feeds.{name}",
            f"{feed.table} from {feed.path}" if feed.path else feed.table,
            settings.origin(f"feeds.{name}"),
        )
    for rule, mode in settings.rules.items():
        origin = settings.origin(f"rules.{rule}")
        yield f"rules.{rule}", mode, settings.origin("rules") if origin == "default" else origin


def _practices(definitions: Definitions, settings: Settings) -> Iterator[tuple[str, str, str, int, int, int]]:
    named = {path.resolve() for path in settings.practices}
    for practice in definitions.practices:
        origin = "installed package"
        if practice.name in definitions.built_in:
            origin = "built in"
        elif practice.root.resolve() in named:
            origin = settings.origin("practices.paths")
        counts = len(practice.kinds), len(practice.checks), len(practice.metrics)
        yield practice.name, origin, str(practice.root), *counts


def _snapshot(found: Diagnosis, taken: Taken, workspace: Workspace) -> None:
    collected: dict[str, datetime] = {}
    for manifest in workspace.lake.manifests().values():
        for name in manifest.tables:
            collected[name] = min(manifest.collected_at, collected.get(name, manifest.collected_at))
    rows = taken.snapshot.database.rows(
        "select table_name, origin, basis, state, coalesce(reason, ''), row_count from catalog order by table_name"
    )
    found.tables = [
        TableState(name, origin, basis, state, reason, count, collected.get(name))
        for name, origin, basis, state, reason, count in rows
    ]


def _trees(found: Diagnosis, taken: Taken) -> None:
    """Note what could not be read, and what is wrong in records."""
    for looked in taken.looked:
        looked.tree.entries()  # a snapshot found again has not read the tree
    found.troubles += [Trouble("trees", problem, False) for problem in taken.reading.problems]
    rows = taken.snapshot.database.rows(
        "select path, line, col, message, coalesce(fix, '') from record_problems order by all"
    )
    found.troubles += [Trouble("records", Problem(*row), False) for row in rows]


def _impossible(found: Diagnosis, taken: Taken, definitions: Definitions) -> None:
    """Note how many rows of each table cannot be true; tables say so in a column `validity`."""
    present = taken.snapshot.tables
    for name, table in sorted(definitions.tables.items()):
        if name not in present or "validity" not in table.column_names:
            continue
        [(count, of)] = taken.snapshot.database.rows(
            f"select count(*) filter (where validity = 'impossible'), count(*) from {name}"
        )
        if count:
            message = f"table {name} has {count:,} impossible {'row' if count == 1 else 'rows'} of {of:,}"
            fix = f"See them: trueline query \"select * from {name} where validity = 'impossible'\""
            found.troubles.append(Trouble("rows", Problem("", 0, 0, message, fix, "impossible"), False))


def _rules(found: Diagnosis, taken: Taken, workspace: Workspace, definitions: Definitions) -> None:
    """Note the rules that end in an error: they stop `check`."""
    evaluation = evaluate(taken, definitions, workspace)
    found.checks_run, found.metrics_run = len(evaluation.checks), len(evaluation.metrics)
    failed: dict[str, tuple[Parametrized, str]] = {
        result.rule.path: (result.rule, result.detail) for result in evaluation.checks if result.result == "error"
    }
    failed |= {r.rule.path: (r.rule, r.detail) for r in evaluation.metrics if r.reason == "error"}
    settings = rule_settings(taken, definitions)[0]
    found.troubles += [Trouble("rules", problem, True) for problem in evaluation.stray_settings]
    for rule in (*definitions.rules, *definitions.things):
        try:
            values_of(rule, settings)
        except BadInput as error:
            failed.pop(rule.path, None)
            found.troubles += [Trouble("rules", problem, True) for problem in error.problems]
    for problem in _lint(definitions):
        found.troubles.append(Trouble("rules", problem, problem.path in failed))
    told = {trouble.problem.path for trouble in found.troubles}
    for path, (rule, detail) in failed.items():
        if path not in told:
            problem = Problem(path, 0, 0, f"rule {rule.id} fails: {detail}", "Mend its SQL.", "rule")
            found.troubles.append(Trouble("rules", problem, True))


def _lint(definitions: Definitions) -> Iterator[Problem]:
    """Yield what lint says of rules, views, things and charts of others; ours are linted before they are shipped."""
    roots = [p.root for p in definitions.practices if p.name not in definitions.built_in]
    if not roots:
        return
    for problem in lint(definitions.practices, definitions.tables, [duty.id for duty in definitions.duties]):
        if any(Path(problem.path).is_relative_to(root) for root in roots):
            yield problem
