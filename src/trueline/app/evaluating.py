"""Run every rule of every practice on a snapshot, and say how each duty stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from trueline.findings.identify import PathOwner, findings_of
from trueline.findings.reconcile import open_since, under_names_of_today
from trueline.model.duty import DutyStanding
from trueline.model.errors import Problem
from trueline.model.finding import Finding, Observation
from trueline.model.rule import SEVERITIES, Check, CheckResult, Metric, MetricResult, Thing
from trueline.rules.lint import lint
from trueline.rules.parameters import Setting, Settings, by_rule
from trueline.rules.roll_up import standings
from trueline.rules.run import run_check, run_metric
from trueline.settings.suggestion import did_you_mean, shown
from trueline.tables.json_lines import text_literal

from .definitions import Definitions
from .gate_rules import TITLES
from .snapshots import Taken
from .workspace import Workspace


@dataclass(frozen=True)
class Evaluation:
    """What all rules said."""

    checks: tuple[CheckResult, ...]
    metrics: tuple[MetricResult, ...]
    findings: tuple[Finding, ...]
    duties: tuple[DutyStanding, ...]
    stray_settings: tuple[Problem, ...] = ()
    """Records that name no rule: those of kind `rule_setting`, and standards."""


def evaluate(taken: Taken, definitions: Definitions, workspace: Workspace) -> Evaluation:
    """Run all rules that are not switched off. Findings that name no repository are the first one's."""
    modes = definitions.modes(workspace.settings)
    settings, strays = rule_settings(taken, definitions)
    strays = (*strays, *stray_standards(taken, definitions))
    benches = {trusted: taken.bench(settings, trusted=trusted) for trusted in (True, False)}
    checks = tuple(
        placed(run_check(check, benches[check.practice in definitions.built_in]), definitions)
        for check in definitions.checks
        if modes[check.id] != "off"
    )
    metrics = tuple(
        placed(run_metric(metric, benches[metric.practice in definitions.built_in]), definitions)
        for metric in definitions.metrics
    )
    opened = open_since(under_names_of_today(observations(taken), workspace.renamed))
    owner_of = _owner_of(taken, checks)
    findings = [finding for result in checks for finding in findings_of(result, workspace.name, owner_of, opened)]
    findings.sort(key=lambda f: (SEVERITIES.index(f.severity), f.rule, f.repository, f.subject))
    duties = standings(definitions.duties, checks, metrics, taken.snapshot.statuses, duty_targets(taken))
    return Evaluation(checks, metrics, tuple(findings), duties, strays)


def rule_settings(taken: Taken, definitions: Definitions) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the parameters that records of kind `rule_setting` set, and the records that name no rule."""
    if "rule_settings" not in taken.snapshot.tables:
        return {}, ()
    # A record without one of these is told where records are.
    rows = taken.snapshot.database.rows(
        "select rule, parameter, value, source_path, source_line from rule_settings "
        "where rule is not null and parameter is not null and value is not null order by repository, source_path"
    )
    given = ((rule, name, Setting(value, path, line)) for rule, name, value, path, line in rows)
    return by_rule(given, (*definitions.rules, *definitions.things))


def stray_standards(taken: Taken, definitions: Definitions) -> tuple[Problem, ...]:
    """Return the active standards that name a check of Trueline, and there is none of that id: nothing measures them."""
    if "standards" not in taken.snapshot.tables:
        return ()
    rows = taken.snapshot.database.rows(
        "select rule, standard_id, source_path, source_line from standards"
        " where status = 'active' and not contains(rule, ':') order by repository, source_path, source_line"
    )
    known = {*(check.id for check in definitions.checks), *TITLES}
    former = {name for check in definitions.checks for name in check.former_ids}
    return tuple(
        Problem(path, line, 0, f"{shown(standard)} names the check {shown(rule)}, and there is none", fix, "standard")
        for rule, standard, path, line in rows
        if rule not in known | former
        for fix in [did_you_mean(rule, known)]
    )


R = TypeVar("R", CheckResult, MetricResult)


def placed(result: R, definitions: Definitions) -> R:
    """Return a result whose error says where in the rule's file it is, as far as the planner knows."""
    detail = where_it_fails(result.rule, result.detail, definitions) if result.detail else ""
    return result if detail == result.detail else replace(result, detail=detail)


def where_it_fails(rule: Check | Metric | Thing, said: str, definitions: Definitions) -> str:
    """Return what is wrong with a rule, with its place instead of what DuckDB said of the text that ran."""
    if not said.startswith(("Binder Error", "Catalog Error")):
        return said
    practices = [practice for practice in definitions.practices if practice.name == rule.practice]
    problems = [p for p in lint(practices, definitions.tables, ()) if p.path == rule.path and p.col]
    return (
        "; ".join(f"line {p.line}, column {p.col}: {p.message}" + (f". {p.fix}" if p.fix else "") for p in problems[:1])
        or said
    )


def duty_targets(taken: Taken) -> Mapping[str, Decimal]:
    """Return the share of required checks that must hold, where records of kind `duty_target` set one."""
    if "duty_targets" not in taken.snapshot.tables:
        return {}
    return dict(taken.snapshot.database.rows("select duty, share from duty_targets"))


def observations(taken: Taken) -> list[Observation]:
    """Return the recorded history of findings, oldest first."""
    rows = taken.snapshot.database.rows(
        "select event, finding_id, rule, repository, subject, observed_on from observations order by observed_at, finding_id"
    )
    return [Observation(*row) for row in rows]


def _owner_of(taken: Taken, checks: tuple[CheckResult, ...]) -> Any:
    """Return the function from a path to its declared owners, asked for all violated paths at once."""
    paths = sorted({violation.path for result in checks for violation in result.violations if violation.path})
    owners: dict[tuple[str, str], PathOwner] = {}
    if paths and "path_owners" in taken.snapshot.tables:
        listed = ", ".join(text_literal(path) for path in paths)
        rows = taken.snapshot.database.rows(
            f"select repository, path, owners, codeowners_path, line from path_owners where len(owners) > 0 and path in ({listed})"
        )
        owners = {
            (repository, path): PathOwner(names, f"{file}:{line}") for repository, path, names, file, line in rows
        }
    return lambda repository, path: owners.get((repository, path))
