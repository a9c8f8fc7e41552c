"""Turn today's results into observations.

A check says what is wrong now; observations remember since when. This is the only place where
the two meet, and it is pure: the same results and the same history give the same observations.
Only a subject that was examined and is not violated is fixed; what could not be examined stays
open, because no row means still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from trueline.model.finding import Event, Finding, Observation, finding_id
from trueline.model.rule import CheckResult


def reconcile(
    results: Iterable[CheckResult],
    findings: Iterable[Finding],
    history: Mapping[str, Observation],
    as_of: date,
) -> Iterator[Observation]:
    """Yield the observations that bring the history up to date.

    `history` is the last observation of each finding, by its id. Findings that are simply still
    there yield nothing.
    """
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    for result in sorted(results, key=lambda r: r.rule.id):
        names = {result.rule.id, *result.rule.former_ids}
        past = {identity: seen for identity, seen in history.items() if seen.rule in names}
        if result.result in ("holds", "violated"):
            yield from _of_rule(result, by_rule.get(result.rule.id, []), past, as_of)


def _of_rule(
    result: CheckResult, findings: list[Finding], past: Mapping[str, Observation], as_of: date
) -> Iterator[Observation]:
    violated = {finding.id for finding in findings}
    for finding in sorted(findings, key=lambda f: f.id):
        before = past.get(finding.id)
        if before is None:
            yield Observation("opened", finding.id, finding.rule, finding.repository, finding.subject, as_of)
        elif before.event in ("fixed", "unseen"):
            yield Observation("regressed", finding.id, finding.rule, finding.repository, finding.subject, as_of)
    for identity in sorted(past.keys() - violated):
        before = past[identity]
        if before.event in ("fixed", "unseen"):
            continue
        event: Event = "fixed" if result.examined and _was_examined(before, result) else "unseen"
        yield Observation(event, identity, result.rule.id, before.repository, before.subject, as_of)


def _was_examined(before: Observation, result: CheckResult) -> bool:
    """Say whether today's run looked at the subject; where it cannot list what it looked at, it looked at all."""
    subjects = result.examined_subjects
    return subjects is None or bool({(before.repository, before.subject), (None, before.subject)} & subjects)


def under_names_of_today(observations: Iterable[Observation], renamed: Mapping[str, str]) -> Iterator[Observation]:
    """Yield the observations as if each repository had always had the name it has today; `renamed` is by former name."""
    for one in observations:
        name = renamed.get(one.repository)
        if name is None:
            yield one
            continue
        subject = name if one.subject == one.repository else one.subject
        identity = finding_id(one.rule, name, subject)
        yield replace(one, finding_id=identity, repository=name, subject=subject)


def last_of_each(observations: Iterable[Observation]) -> dict[str, Observation]:
    """Return the newest observation of each finding; of one day the last one given counts."""
    newest: dict[str, Observation] = {}
    for observation in observations:
        known = newest.get(observation.finding_id)
        if known is None or observation.observed_on >= known.observed_on:
            newest[observation.finding_id] = observation
    return newest


def open_since(observations: Iterable[Observation]) -> dict[str, date]:
    """Return the day on which each finding that is open now was last opened."""
    since: dict[str, date] = {}
    for observation in sorted(observations, key=lambda o: o.observed_on):
        if observation.event in ("opened", "regressed"):
            since[observation.finding_id] = observation.observed_on
        elif observation.event == "fixed":
            since.pop(observation.finding_id, None)
    return since
