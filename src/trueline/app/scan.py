"""Scan: look at one repository, zero configuration, and say what is true of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from trueline.model.errors import BadInput, QueryRefused, TruelineError
from trueline.model.finding import Finding
from trueline.model.rule import CheckResult, MetricResult, Thing
from trueline.rules.roll_up import is_there
from trueline.rules.run import run_thing
from trueline.rules.template import fill, fill_known

from .collecting import collect_git
from .definitions import Definitions
from .evaluating import Evaluation, evaluate, rule_settings, where_it_fails
from .judged import judge_past_year
from .names import write_names
from .scan_report import Drawing, Gain, RepositoryFacts, ScanReport, ThingToKnow
from .snapshots import Taken, take_snapshot
from .workspace import Report, Workspace

MOST_THINGS = 5
MOST_ROWS = 20
CANNOT_BE_KNOWN = ("whether a restore works", "what it costs", "what customers felt")


def scan(
    workspace: Workspace,
    definitions: Definitions,
    *,
    as_of_at: datetime | None = None,
    known_at: datetime | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> ScanReport:
    """Collect what is new, judge everything that can be judged, and return the report.

    `clock` gives the seconds of a steady clock: judging a year of changes stops when its share is used up.
    """
    notes: list[str] = []
    if known_at is None:
        for collected in collect_git(workspace):
            if collected.source == f"git/{workspace.name}" and collected.error is not None:
                raise collected.error
            notes += collected.notes
    if as_of_at is None and known_at is None:
        notes += _judged(workspace, clock)
    taken = take_snapshot(workspace, definitions, as_of_at=as_of_at, known_at=known_at)
    try:
        return _report(taken, workspace, definitions, notes)
    finally:
        taken.close()


def _judged(workspace: Workspace, clock: Callable[[], float]) -> list[str]:
    """Judge what landed in the past year as far as there is time; say what is left."""
    year = judge_past_year(workspace, clock)
    if year is None or year.judged == year.landed:
        return []
    told = f"of {year.landed:,} changes of the past year the newest {year.judged:,} are judged"
    return [f"{told}; a scan after the next change goes on, and trueline gate --replay judges any range"]


def _report(taken: Taken, workspace: Workspace, definitions: Definitions, notes: Sequence[str]) -> ScanReport:
    evaluation = evaluate(taken, definitions, workspace)
    write_names(workspace.cache, definitions, evaluation.findings)
    facts = _facts(taken, workspace, notes)
    things = _things(taken, definitions, evaluation, workspace.report)
    metrics = {metric.rule.id: metric for metric in evaluation.metrics}
    return ScanReport(
        moment=taken.moment,
        repository=facts,
        headline=_headline(things, evaluation.findings, facts),
        things=things,
        findings=evaluation.findings,
        checks=evaluation.checks,
        metrics=evaluation.metrics,
        drawings=tuple(Drawing(chart, metrics[chart.metric]) for chart in definitions.charts),
        duties=evaluation.duties,
        gains=gains(definitions, taken),
        cannot_be_known=CANNOT_BE_KNOWN,
        not_used=_not_used(taken),
    )


def _facts(taken: Taken, workspace: Workspace, notes: Sequence[str]) -> RepositoryFacts:
    ask = taken.snapshot.database.rows
    name, first = workspace.name, taken.looked[0]
    heads = ask("select branch, fetched_at, commits_on_head, is_shallow from repositories where repository = ?", [name])
    branch, fetched_at, _, shallow = heads[0] if heads else (None, None, 0, False)
    span = ask(
        "select count(*), cast(min(c.committed_at) as date), cast(max(c.committed_at) as date), "
        "count(*) filter (where c.validity = 'valid') from commits as c "
        "inner join landed_commits as l using (repository, commit_id) where repository = ? and c.validity = 'valid'",
        [name],
    )[0]
    commits = ask("select count(*) from landed_commits where repository = ?", [name])[0][0]
    people, bots = ask("select people, bots from contributors where repository = ?", [name])[0] if heads else (0, 0)
    files, documents = (
        ask(f"select count(*) from {table} where repository = ?", [name])[0][0] for table in ("files", "documents")
    )
    records, feeds = (ask(f"select count(*) from {table}")[0][0] for table in ("record_files", "feeds"))
    problems = taken.reading.problems
    limits = list(notes)
    if shallow:
        limits.append("a shallow clone: history before the cut is not seen, and figures over time are unknown")
    if changed := first.uncommitted:
        limits.append(f"the working tree, with {changed:,} {'file' if changed == 1 else 'files'} not committed")
    if problems:
        limits.append(
            f"{len(problems):,} {'file' if len(problems) == 1 else 'files'} could not be read; trueline doctor lists them"
        )
    if workspace.absent:
        limits.append(f"without {', '.join(one.name for one in workspace.absent)}: trueline collect says why")
    if len(workspace.targets) > 1:
        more = len(workspace.targets) - 1
        limits.append(f"with {more} more {'repository' if more == 1 else 'repositories'} that trueline.toml names")
    return RepositoryFacts(
        name=name,
        branch=branch,
        head_commit_id=first.head,
        fetched_at=fetched_at,
        commits=commits,
        first_commit_on=span[1],
        newest_commit_on=span[2],
        people=people,
        bots=bots,
        files=files,
        documents=documents,
        records=records,
        feeds=feeds,
        notes=tuple(limits),
    )


def _things(taken: Taken, definitions: Definitions, evaluation: Evaluation, report: Report) -> tuple[ThingToKnow, ...]:
    """Return the things worth knowing, the most surprising and certain first, at most five."""
    settings, _ = rule_settings(taken, definitions)
    ranked: list[tuple[float, Thing, Mapping[str, Any]]] = []
    for thing in definitions.things:
        bench = taken.bench(settings, trusted=thing.practice in definitions.built_in)
        try:
            row = run_thing(thing, bench)
        except TruelineError as error:
            report(_left_out(thing, error, definitions))
            continue
        if row is not None:
            ranked.append((float(row["surprise"]) * float(row["certainty"]), thing, row))
    ranked.sort(key=lambda one: (-one[0], one[1].id))
    checks = {result.rule.id: result for result in evaluation.checks}
    metrics = {result.rule.id: result for result in evaluation.metrics}
    return tuple(
        _thing(thing, row, checks.get(thing.rule), metrics.get(thing.rule)) for _, thing, row in ranked[:MOST_THINGS]
    )


def _left_out(thing: Thing, error: TruelineError, definitions: Definitions) -> str:
    line = f":{error.line}" if isinstance(error, QueryRefused) and error.line else ""
    why = where_it_fails(thing, str(error) if isinstance(error, BadInput) else error.message, definitions)
    return f"{thing.path}{line}: {thing.id} is left out: {why}"


def _thing(thing: Thing, row: Mapping[str, Any], check: CheckResult | None, metric: MetricResult | None) -> ThingToKnow:
    rows: list[Mapping[str, Any]] = []
    if check is not None:
        rows = [violation.columns for violation in check.violations]
    elif metric is not None:
        rows = [
            {"subject": r.subject, "period": r.period, "value": r.value, "n": r.n, **r.columns} for r in metric.series
        ]
    noun = "metric" if metric is not None else "rule"
    return ThingToKnow(
        id=thing.id,
        title=thing.title,
        figure=fill(thing.figure, row),
        sentence=fill(thing.sentence, row),
        details=fill_known(thing.details, row),
        value=row["value"],
        n=row["n"],
        rule=thing.rule,
        rows=tuple(rows[:MOST_ROWS]),
        rows_total=len(rows),
        how=f"trueline {noun} {'show' if metric is not None else 'run'} {thing.rule.partition('.')[2]}",
    )


def _headline(things: Sequence[ThingToKnow], findings: Sequence[Finding], facts: RepositoryFacts) -> str:
    if things:
        sentences = [thing.sentence for thing in things[:2]]
        joined = ", and ".join(sentences)
        return joined[0].upper() + joined[1:] + "."
    if findings:
        return f"{len(findings)} {'finding' if len(findings) == 1 else 'findings'}, and nothing that stands out."
    if not facts.commits and not facts.files:
        return "There is nothing here yet."
    return "Nothing stands out in what can be seen from here."


def gains(definitions: Definitions, taken: Taken) -> tuple[Gain, ...]:
    """Return what would make more duties known, the most duties per minute first."""
    wanted: dict[str, list[str]] = {}
    needs = {need.id: need for duty in definitions.duties for need in duty.needs}
    for duty in definitions.duties:
        for need in duty.needs:
            if not is_there(need.tables, taken.snapshot.statuses):
                wanted.setdefault(need.id, []).append(duty.id)
    made = [
        Gain(needs[name].title, needs[name].minutes, tuple(duties), needs[name].command)
        for name, duties in wanted.items()
    ]
    return tuple(sorted(made, key=lambda gain: (-len(gain.duties) / max(1, gain.minutes), gain.needs)))


def _not_used(taken: Taken) -> tuple[str, ...]:
    """Return rows that figures leave out, each with its reason."""
    rows = taken.snapshot.database.rows(
        "select count(*) filter (where actor_kind = 'bot'), count(*) filter (where validity = 'impossible') from commits"
    )
    bots, impossible = rows[0]
    kinds = taken.snapshot.database.rows(
        "select kind, count(*) from path_kinds where kind in ('vendored', 'generated') group by kind order by kind"
    )
    left_out = [f"{count:,} {kind} {'file' if count == 1 else 'files'}" for kind, count in kinds]
    if impossible:
        left_out.insert(0, f"{impossible:,} impossible {'date' if impossible == 1 else 'dates'}")
    if bots:
        left_out.insert(0, f"{bots:,} bot {'commit' if bots == 1 else 'commits'}")
    return tuple(left_out)
