"""Read workflows and composite actions of GitHub: which checks they run, on what, where, and whether they can fail.

Nothing here knows jobs or steps by name, so that renaming, splitting and reordering them changes nothing; what
runs in a called workflow is that workflow's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trueline.model.enforcement import Ledger, Measure

from .commands import Check, check_of_action, checks_of, checks_of_task, measures_of, relaxed_by_inputs
from .configs import Text, Unreadable, at, decoded, is_false, is_foreign, is_true, line_of, listed, parse_yaml
from .surroundings import newest_versions, relaxing_variables, rows_of_matrix, rows_that_may_fail, values_of_matrix

LANGUAGE = "github_actions"

_PATH = re.compile(r"(^|/)\.github/workflows/[^/]+\.ya?ml$|(^|/)action\.ya?ml$")
_EVENTS = {
    "on pull_request": ("pull_request", "pull_request_target"),
    "on changes": ("pull_request", "pull_request_target", "push", "merge_group"),
    "at all by itself": ("pull_request", "pull_request_target", "push", "merge_group", "schedule", "workflow_run"),
}
_ANY_EVENT = tuple((name, "") for name in _EVENTS)
_NEVER = re.compile(r"(\$\{\{)?\s*(false|!true)\s*(&&.*)?(\}\})?\s*$")
_ALWAYS = re.compile(r"\$\{\{\s*(true|always\(\))\s*\}\}")
_OF_ROW = re.compile(r"matrix\.([\w-]+)(?:\s*==\s*(?:'([^']*)'|(true)))?")
_USUAL_TYPES = {"opened", "synchronize"}
_NARROWING = re.compile(r"github\.(event\b|event_name|event\.|ref|head_ref|base_ref|actor)|\bcontains\(")
_NO_NARROWING = re.compile(
    r"github\.(event\.)?(repository|pull_request\.head\.repo)|\|\||always\(\)|!=|!cancelled|!contains|!startsWith"
)
_VERSION = re.compile(r"-?\d[\w.-]*")
_SYSTEM = re.compile(r"\b(windows|macos|ubuntu|linux)", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\.(md|rst|txt|adoc|png|svg|jpg)$|(^|/)!?(docs?|documentation|website|\.vscode|\.idea|\.github|LICEN[CS]E|AUTHORS|NOTICE|CODEOWNERS|CHANGELOG|CONTRIBUTING|\.\w+ignore)\b"
)


def selects(path: str) -> bool:
    """Return True for workflows and composite actions."""
    return not is_foreign(path) and bool(_PATH.search(path))


def read(path: str, content: bytes) -> Ledger:
    """Return the checks of a workflow, with the events, systems and conditions under which they run."""
    try:
        document = parse_yaml(decoded(content))
    except Unreadable as error:
        return Ledger(path, LANGUAGE, problem=str(error))
    if not isinstance(document, dict):
        return Ledger(path, LANGUAGE)
    steps = at(document, "runs", "steps")
    checks = list(_called(_of_steps(steps)) if steps else _of_workflow(document))
    return Ledger(path, LANGUAGE, measures=(*measures_of(checks), *_gates(document), *_around(document)))


def _of_workflow(document: dict[str, Any]) -> Iterator[Check]:
    events = document.get("on", document.get("true"))
    contexts, limits = _triggers(events)
    for name, job in _jobs(document).items():
        if _is_never(job.get("if")):
            continue
        systems = tuple((f"on {name}", "") for name in _systems(job))
        conditions = _conditions(job.get("if"))
        for check in _of_job(job):
            yield replace(
                check,
                never_fails=check.never_fails or _is_forgiven(job),
                place=name,
                contexts=(*contexts, *systems),
                limits=(*check.limits, *conditions, *limits, *_matrix_limits(job)),
            )


def _called(checks: Iterator[Check]) -> Iterator[Check]:
    """Yield checks that run wherever their caller says: that is read with the caller."""
    systems = tuple((f"on {name}", "") for name in ("macos", "windows"))
    return (replace(check, contexts=(*_ANY_EVENT, *systems)) for check in checks)


def _jobs(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    jobs = document.get("jobs")
    return {name: job for name, job in jobs.items() if isinstance(job, dict)} if isinstance(jobs, dict) else {}


def _of_job(job: dict[str, Any]) -> Iterator[Check]:
    called = job.get("uses")
    if isinstance(called, str):
        check = check_of_action(called, line_of(called))
        if check:
            yield check
    yield from _of_steps(job.get("steps"))


def _of_steps(steps: Any) -> Iterator[Check]:
    for step in steps if isinstance(steps, list) else []:
        if not isinstance(step, dict) or _is_never(step.get("if")):
            continue
        forgiven = _is_forgiven(step)
        for check in _of_step(step):
            yield replace(check, never_fails=check.never_fails or forgiven, limits=_conditions(step.get("if")))


def _of_step(step: dict[str, Any]) -> Iterator[Check]:
    run, action, given = step.get("run"), step.get("uses"), step.get("with")
    if isinstance(run, str):
        first = line_of(run)
        yield from checks_of(run, first if isinstance(run, Text) and run.is_plain else first + 1)
    elif isinstance(action, str):
        check = check_of_action(action, line_of(action))
        if check:
            yield relaxed_by_inputs(check, given)
        yield from checks_of_task(action, given, line_of(action))
        for key in ("run", "command", "script"):
            text = at(given, key)
            if isinstance(text, str):
                yield from checks_of(text, line_of(text))


def _is_never(condition: Any) -> bool:
    return isinstance(condition, str) and bool(_NEVER.match(condition))


def _is_forgiven(part: dict[str, Any]) -> bool:
    written = str(part.get("continue-on-error", ""))
    return is_true(written) or bool(_ALWAYS.fullmatch(written))


def _conditions(condition: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(condition, str) or not _NARROWING.search(condition) or _NO_NARROWING.search(condition):
        return ()
    return (("runs under a condition", f"if: {' '.join(condition.split())}"[:300]),)


def _triggers(events: Any) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return on which events a workflow runs, and what keeps it from running then."""
    named = {name: {} for name in listed(events)} if not isinstance(events, dict) else events
    if "workflow_call" in named:
        # Who calls it decides; that is read with the caller.
        return _ANY_EVENT, ()
    written = f"on: {', '.join(named)}"[:300]
    contexts = tuple((name, written) for name, events in _EVENTS.items() if not named.keys().isdisjoint(events))
    limits: dict[str, str] = {}
    for name in ("pull_request", "pull_request_target", "push"):
        limits |= _filters(named.get(name), is_repeated=name == "push" and "pull_request" in named)
    return contexts, tuple(limits.items())


def _filters(event: Any, *, is_repeated: bool) -> dict[str, str]:
    """Return what keeps an event from starting anything; a push to a branch may be checked again with its request."""
    if not isinstance(event, dict):
        return {}
    limits = {}
    paths = listed(event.get("paths"))
    if any(not path.startswith("!") for path in paths):
        limits["a path filter"] = f"paths: {', '.join(paths)}"[:300]
    refused = [*listed(event.get("paths-ignore")), *(path[1:] for path in paths if path.startswith("!"))]
    for path in refused:
        if not _DOCUMENT.search(path):
            limits[f"not for {path}"] = f"paths-ignore: {path}"
    types = listed(event.get("types"))
    if types and not _USUAL_TYPES & set(types):
        limits["only for some types of events"] = f"types: {', '.join(types)}"[:300]
    for branch in listed(event.get("branches-ignore")) if not is_repeated else ():
        limits[f"not on branch {branch}"] = f"branches-ignore: {branch}"
    return limits


def _systems(job: dict[str, Any]) -> list[str]:
    written = " ".join([*_texts(job.get("runs-on")), *_texts(at(job, "strategy", "matrix"))])
    if "inputs." in str(job.get("runs-on")) or "fromJ" in written:
        return ["macos", "windows"]
    return sorted({name.lower().replace("ubuntu", "linux") for name in _SYSTEM.findall(written)} - {"linux"})


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key != "exclude":
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield str(value)


def _matrix_limits(job: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    excluded = at(job, "strategy", "matrix", "exclude")
    rows = [row for row in excluded if isinstance(row, dict)] if isinstance(excluded, list) else []
    written = {", ".join(f"{key}={_VERSION.sub('*', str(row[key]))}" for key in sorted(row)) for row in rows if row}
    return tuple((f"not for {row}", f"exclude: {row}") for row in sorted(written))


def _around(document: dict[str, Any]) -> Iterator[Measure]:
    """Yield the rows of matrices in which checks run, and the variables that tools read."""
    values: list[tuple[str, Any]] = []
    for name, job in _jobs(document).items():
        matrix = at(job, "strategy", "matrix")
        if isinstance(matrix, dict) and next(_of_job(job), None):
            values += values_of_matrix(matrix)
            yield from _forgiven_rows(name, job, matrix)
    yield from newest_versions(values)
    yield from relaxing_variables(document)


def _forgiven_rows(place: str, job: dict[str, Any], matrix: dict[str, Any]) -> Iterator[Measure]:
    rows = rows_of_matrix(matrix)
    forgiven: list[Any] = []
    flag = ""
    for name, value, truth in _OF_ROW.findall(str(job.get("continue-on-error", ""))):
        if value or truth:
            forgiven += [row for row in rows if str(row.get(name)) == (value or truth)]
        else:
            forgiven += [row for row in rows if is_true(row.get(name))]
            flag = name
    yield from rows_that_may_fail(rows, forgiven, place, flag)


def _gates(document: dict[str, Any]) -> Iterator[Measure]:
    """Yield what waits for checks: a job that checks nothing itself, and needs one that does."""
    jobs = _jobs(document)
    checking = {name for name, job in jobs.items() if next(_of_job(job), None)}
    for name, job in jobs.items():
        if name not in checking and checking & set(listed(job.get("needs"))) and not _is_collecting(job):
            line = line_of(job.get("needs"))
            needs = f"needs: {job['needs']}"[:300]
            yield Measure("ci_disabled", "waits for checks", "yes", "present", line, needs)


def _is_collecting(job: dict[str, Any]) -> bool:
    """Say whether a job only sums up others, or is never run."""
    return _is_never(job.get("if")) or is_false(job.get("if")) or "always()" in str(job.get("if"))
