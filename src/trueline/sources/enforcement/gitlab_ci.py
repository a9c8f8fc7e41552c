"""Read pipelines of GitLab: the checks of their jobs, written out through `extends`, and whether they can fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trueline.model.enforcement import ChangeKind, Ledger

from .commands import Check, checks_of, measures_of
from .configs import Unreadable, at, decoded, is_foreign, is_true, line_of, listed, parse_yaml
from .surroundings import newest_versions, relaxing_variables, values_of_matrix

LANGUAGE = "gitlab_ci"
MOST_ANCESTORS = 10

_PATH = re.compile(r"(^|/)[\w.-]*\.gitlab-ci\.ya?ml$|(^|/)\.gitlab/[\w./-]*\.ya?ml$|(^|/)\.gitlab-ci/[\w./-]*\.ya?ml$")
_NO_JOBS = {"default", "include", "stages", "variables", "workflow", "image", "services", "cache", "spec"}
_NARROW = {"tags", "schedules", "triggers", "web", "api"}


def selects(path: str) -> bool:
    """Return True for pipelines and what they include by name."""
    return not is_foreign(path) and bool(_PATH.search(path))


def read(path: str, content: bytes) -> Ledger:
    """Return the checks of a pipeline."""
    try:
        document = parse_yaml(decoded(content))
    except Unreadable as error:
        return Ledger(path, LANGUAGE, problem=str(error))
    if not isinstance(document, dict):
        return Ledger(path, LANGUAGE)
    jobs = {name: job for name, job in document.items() if isinstance(job, dict) and name not in _NO_JOBS}
    around = (*newest_versions(_versions(jobs)), *relaxing_variables(document))
    return Ledger(path, LANGUAGE, measures=(*measures_of(_checks(jobs)), *around))


def _versions(jobs: dict[str, dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    for job in jobs.values():
        yield from values_of_matrix(at(job, "parallel", "matrix"))


def _checks(jobs: dict[str, dict[str, Any]]) -> Iterator[Check]:
    extended = {parent for job in jobs.values() for parent in listed(job.get("extends"))}
    for name, written in jobs.items():
        if name in extended and name.startswith("."):
            continue
        job = _whole(written, jobs)
        if job.get("when") == "never" or _rules_say(job, {"never"}):
            continue
        for script in _scripts(job):
            for check in checks_of(script, line_of(script)):
                yield replace(
                    check,
                    never_fails=check.never_fails or _is_allowed(job),
                    relaxed=(*check.relaxed, *_allowed_partly(job)),
                    limits=tuple(_limits(job)),
                    place=name,
                )


def _whole(job: dict[str, Any], jobs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a job with what it inherits; the nearest ancestor wins."""
    whole, waiting, met = dict(job), listed(job.get("extends"))[::-1], 0
    while waiting and met < MOST_ANCESTORS:
        met += 1
        parent = jobs.get(waiting.pop(0), {})
        whole = {**parent, **whole}
        waiting += listed(parent.get("extends"))[::-1]
    return whole


def _scripts(job: dict[str, Any]) -> Iterator[str]:
    for key in ("before_script", "script"):
        yield from _texts(job.get(key))


def _texts(value: Any) -> Iterator[str]:
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, list):
            yield from (text for text in part if isinstance(text, str))
        elif isinstance(part, str):
            yield part


def _is_allowed(job: dict[str, Any]) -> bool:
    rules = [rule for rule in _rules_of(job) if rule.get("when") != "never"]
    return is_true(job.get("allow_failure")) or (
        bool(rules) and all(is_true(rule.get("allow_failure")) for rule in rules)
    )


def _allowed_partly(job: dict[str, Any]) -> tuple[tuple[ChangeKind, str], ...]:
    codes = listed(at(job.get("allow_failure"), "exit_codes"))
    return (("ci_nonfailing", f"allowed to fail with {', '.join(codes)}"),) if codes else ()


def _rules_of(job: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rules of a job that can be read."""
    rules = job.get("rules")
    return [rule for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []


def _rules_say(job: dict[str, Any], whens: set[str]) -> bool:
    """Say whether every rule of a job ends so."""
    rules = _rules_of(job)
    return bool(rules) and all(rule.get("when") in whens for rule in rules)


def _limits(job: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if job.get("when") == "manual" or _rules_say(job, {"manual", "never"}):
        yield "runs only by hand", "when: manual"
    only = job.get("only")
    refs = set(listed(only.get("refs") if isinstance(only, dict) else only))
    if refs and refs <= _NARROW:
        yield "runs under a condition", f"only: {', '.join(sorted(refs))}"
    if isinstance(only, dict) and only.get("changes"):
        yield "a path filter", f"only: changes: {', '.join(listed(only['changes']))}"[:300]
