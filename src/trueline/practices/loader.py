"""Load practices: folders of YAML and SQL, built-in, from an installed package, or from a path.

All enter by the same door, and every mistake in all of them is reported in one go.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import yaml

from trueline.model.duty import Duty, Need
from trueline.model.errors import BadInput, Problem
from trueline.model.practice import Chart, Practice
from trueline.model.record import Kind
from trueline.rules.declare import NAME, check_from, metric_from, thing_from, view_from
from trueline.rules.header import Header, read_header
from trueline.sources.records.declaration import Declaration, read_kinds

HERE = Path(__file__).parent
ENTRY_POINTS = "trueline.practices"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDERS = {"views": "view", "checks": "check", "metrics": "metric", "things": "thing"}
_MAKERS: Mapping[str, Callable[[Header, str, str], Any]] = {
    "view": view_from,
    "check": check_from,
    "metric": metric_from,
    "thing": thing_from,
}


def built_in() -> list[Path]:
    """Return the folders of the practices that come with Trueline."""
    return sorted(path.parent for path in HERE.glob("*/practice.yaml"))


def installed() -> list[Path]:
    """Return the folders that installed packages offer: entry points that return a path."""
    return [Path(point.load()()) for point in entry_points(group=ENTRY_POINTS)]


def load(folders: Iterable[Path], named: Mapping[Path, Problem] | None = None) -> tuple[Practice, ...]:
    """Load practices. Raises BadInput with every problem of every file.

    `named` gives, for folders that settings name, the problem to tell where there is none.
    """
    problems: list[Problem] = []
    practices: list[Practice] = []
    for folder in folders:
        if named and folder in named and not folder.is_dir():
            problems.append(named[folder])
        else:
            practices.append(_load_one(folder, problems))
    seen: dict[str, Practice] = {}
    for practice in practices:
        if practice.name in seen:
            problems.append(
                Problem(
                    str(practice.root), 0, 0, f"there is another practice {practice.name} in {seen[practice.name].root}"
                )
            )
        seen[practice.name] = practice
    kinds = _kinds(practices, problems)
    if problems:
        raise BadInput(problems)
    return tuple(
        replace(practice, kinds=tuple(k for k in kinds if k.practice == practice.name)) for practice in practices
    )


def load_duties(path: Path = HERE / "duties.yaml") -> tuple[Duty, ...]:
    """Load the duties and what each needs."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    needs = {
        name: Need(name, need["title"], need["minutes"], need.get("command"), tuple(need.get("tables", ())))
        for name, need in content["needs"].items()
    }
    return tuple(
        Duty(
            duty["number"],
            duty["id"],
            duty["group"],
            duty["title"],
            duty["question"],
            tuple(needs[n] for n in duty.get("needs", ())),
        )
        for duty in content["duties"]
    )


def _load_one(folder: Path, problems: list[Problem]) -> Practice:
    if not (folder / "practice.yaml").is_file():
        problems.append(Problem(str(folder), 0, 0, "there is no practice.yaml in this folder"))
        return Practice(folder.name, folder, "", "", "", ())
    about = _practice_yaml(folder / "practice.yaml", problems)
    name = str(about.get("name", folder.name))
    made: dict[str, list[Any]] = {
        sort: _sql_files(folder / place, sort, name, problems) for place, sort in FOLDERS.items()
    }
    _stray_files(folder, problems)
    return Practice(
        name=name,
        root=folder,
        title=str(about.get("title", "")),
        purpose=str(about.get("purpose", "")),
        accountable=str(about.get("accountable", "")),
        duties=tuple(about.get("duties", ())),
        views=tuple(made["view"]),
        checks=tuple(made["check"]),
        metrics=tuple(made["metric"]),
        things=tuple(made["thing"]),
        charts=tuple(_charts(folder, name, problems)),
    )


def _practice_yaml(path: Path, problems: list[Problem]) -> Mapping[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: not UTF-8, or 2026-02-30
        mark = getattr(error, "problem_mark", None)
        line, col = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        problems.append(Problem(str(path), line, col, f"not YAML: {said}"))
        return {}
    needed = ("title", "purpose", "accountable", "duties")
    if not isinstance(content, dict):
        problems.append(Problem(str(path), 1, 1, "it must be keys and values", "Write " + ", ".join(needed)))
        return {}
    for key in needed:
        if not content.get(key):
            problems.append(Problem(str(path), 1, 1, f"{key} is missing", "Write " + ", ".join(needed)))
    for key in sorted(map(str, content.keys() - {*needed, "name"})):
        problems.append(Problem(str(path), 1, 1, f"unknown key {key}", "Known are name, " + ", ".join(needed)))
    return {key: value for key, value in content.items() if _is_right(key, value, path, problems)}


def _is_right(key: str, value: Any, path: Path, problems: list[Problem]) -> bool:
    """Say whether a value has the type that its key needs, and note where it has not."""
    if key == "duties":
        right, wanted = isinstance(value, list) and all(isinstance(duty, str) for duty in value), "a list of duties"
    elif key == "name":
        right, wanted = isinstance(value, str) and NAME.fullmatch(value) is not None, "lower case with underscores"
    else:
        right, wanted = isinstance(value, str), "text"
    if value and not right:
        problems.append(Problem(str(path), 1, 1, f"{key} must be {wanted}"))
    return right


def _sql_files(folder: Path, sort: str, practice: str, problems: list[Problem]) -> list[Any]:
    made = []
    for path in sorted(folder.glob("*.sql")):
        if not NAME.fullmatch(path.stem):
            problems.append(Problem(str(path), 0, 0, "the file name must be lower case with underscores"))
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            problems.append(
                Problem(str(path), 0, 0, f"not UTF-8: byte {error.start} is {error.object[error.start]:#x}")
            )
            continue
        header = read_header(text, str(path), sort)
        if header.is_readable:
            made.append(_MAKERS[sort](header, practice, path.stem))
        problems.extend(header.problems)
    return made


def _stray_files(folder: Path, problems: list[Problem]) -> None:
    """Report SQL that no folder claims: it would silently not run."""
    for path in sorted(folder.rglob("*.sql")):
        if path.parent.parent != folder or path.parent.name not in FOLDERS:
            problems.append(Problem(str(path), 0, 0, "this SQL file is in none of " + ", ".join(FOLDERS)))


def _charts(folder: Path, practice: str, problems: list[Problem]) -> Iterable[Chart]:
    for path in sorted((folder / "charts").glob("*.vl.json")):
        name = path.name.removesuffix(".vl.json")
        if not (folder / "metrics" / f"{name}.sql").exists():
            problems.append(Problem(str(path), 0, 0, f"there is no metric {name} to draw"))
        try:
            yield Chart(practice, name, f"{practice}.{name}", json.loads(path.read_text(encoding="utf-8")))
        except ValueError as error:
            problems.append(
                Problem(str(path), getattr(error, "lineno", 1), getattr(error, "colno", 1), f"not JSON: {error}")
            )


def _kinds(practices: Iterable[Practice], problems: list[Problem]) -> tuple[Kind, ...]:
    """Read all `records.yaml` together: their kinds refer to each other and share one space of names."""
    files = [(practice.name, practice.root / "records.yaml") for practice in practices]
    declarations = [Declaration(name, str(path), path.read_bytes()) for name, path in files if path.is_file()]
    try:
        return read_kinds(declarations)
    except BadInput as error:
        problems.extend(error.problems)
        return ()
