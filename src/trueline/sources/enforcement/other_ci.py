"""Read pipelines of other systems by the fields that hold commands, wherever in the file they stand.

Their jobs and stages are known by name only: which checks run, whether they can fail, which rows of a matrix may,
and how new the newest of them is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, cast

from trueline.model.enforcement import Ledger, Measure

from .commands import Check, checks_of, checks_of_task, measures_of
from .configs import Text, Unreadable, at, decoded, is_false, is_foreign, is_true, line_of, parse_yaml
from .surroundings import newest_versions, relaxing_variables, values_of_matrix

LANGUAGE = "yaml"


def selects(path: str) -> bool:
    """Return True for pipelines of systems that have no reader of their own."""
    return not is_foreign(path) and path.endswith((".yml", ".yaml")) and bool(re.search(_catalog()["files"], path))


def read(path: str, content: bytes) -> Ledger:
    """Return the checks of a pipeline."""
    try:
        document = parse_yaml(decoded(content))
    except Unreadable as error:
        return Ledger(path, LANGUAGE, problem=str(error))
    measures = measures_of(_checks(_started(document), False, ""))
    around = (*newest_versions(_versions(document)), *relaxing_variables(document))
    return Ledger(path, LANGUAGE, measures=(*measures, *_forgiven_rows(document), *around))


def _started(document: Any) -> Any:
    """Return a pipeline without the jobs that none of its workflows names."""
    jobs, workflows = at(document, "jobs"), at(document, "workflows")
    if not isinstance(jobs, dict) or not isinstance(workflows, dict):
        return document
    named = {str(one) for part in workflows.values() for one in _names(at(part, "jobs"))}
    return {**document, "jobs": {name: job for name, job in jobs.items() if name in named or name == "build"}}


def _names(jobs: Any) -> Iterator[str]:
    for job in jobs if isinstance(jobs, list) else []:
        yield from job if isinstance(job, dict) else [job]


def _versions(document: Any) -> Iterator[tuple[str, Any]]:
    """Yield the values of every matrix, and of lists at the top."""
    waiting = [document]
    if isinstance(document, dict):
        lists = {key: part for key, part in document.items() if isinstance(part, list)}
        yield from values_of_matrix(lists if document.get("language") else {})
    while waiting:
        value = waiting.pop()
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            if key == "matrix":
                yield from values_of_matrix(part)
            elif isinstance(part, (dict, list)):
                waiting.append(part)


def _forgiven_rows(document: Any) -> Iterator[Measure]:
    """Yield the rows of a matrix, and which of them may fail: `matrix: {allow_failures: [{python: 3.8}]}`."""
    if not isinstance(document, dict):
        return
    rows: list[Any] = [{key: one} for key, value in document.items() if isinstance(value, list) for one in value]
    forgiven: list[Any] = []
    for name in ("matrix", "jobs"):
        rows += _rows(at(document, name, "include"))
        forgiven += _rows(at(document, name, "allow_failures"))
    for text in _pairs(rows):
        yield Measure("ci_disabled", text, f"settings {'_'.join(text.split())}", "present")
    for text in _pairs(forgiven):
        written = f"allow_failures: {text}"
        yield Measure("ci_nonfailing", f"{text} may fail", "yes", "absent", text=written, scope=text)


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _pairs(rows: list[Any]) -> list[str]:
    """Return the values of rows with their names, each once."""
    pairs = (pair for row in rows if isinstance(row, dict) for pair in row.items())
    return list(dict.fromkeys(f"{key}: {one}"[:200] for key, one in pairs if not isinstance(one, (dict, list))))


def _checks(value: Any, is_forgiven: bool, place: str) -> Iterator[Check]:
    if isinstance(value, list):
        for part in value:
            yield from _checks(part, is_forgiven, place)
    if not isinstance(value, dict) or _is_off(value):
        return
    is_forgiven = is_forgiven or any(is_true(value.get(name)) for name in _catalog()["forgiven"])
    named = next((value[name] for name in _catalog()["named"] if isinstance(value.get(name), str)), "")
    place = " ".join(f"{place} {named}".split())[:100]
    task = value.get("task")
    if isinstance(task, str):
        for check in checks_of_task(task, value.get("inputs"), line_of(task)):
            yield replace(check, never_fails=is_forgiven, place=place)
    for key, part in value.items():
        if key in _catalog()["commands"]:
            for check in _commands(part):
                yield replace(check, never_fails=check.never_fails or is_forgiven, place=place)
        if isinstance(part, (dict, list)):
            is_job = isinstance(part, dict) and key not in _catalog()["of_pipelines"]
            yield from _checks(part, is_forgiven, f"{place} {key}" if is_job else place)


def _is_off(value: dict[str, Any]) -> bool:
    return any(is_false(value.get(name)) for name in _catalog()["switched_on"]) or is_false(value.get("condition"))


def _commands(value: Any) -> Iterator[Check]:
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, str):
            is_plain = isinstance(part, Text) and part.is_plain
            yield from checks_of(part, line_of(part) + (0 if is_plain else 1))


@cache
def _catalog() -> dict[str, Any]:
    import yaml

    text = (files(__package__) / "other_ci.yaml").read_text("utf-8")
    return cast("dict[str, Any]", yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
