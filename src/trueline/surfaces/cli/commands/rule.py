"""`trueline rule`: list, show, run and test rules."""

from __future__ import annotations

import click

from .. import exit_status
from ..completing import completes
from ..options import Given, Output, output, surroundings


@click.group("rule")
def command() -> None:
    """List, show, run and test rules: checks and metrics."""


@command.command("list", epilog="Example: `trueline rule list --duty ownership`.")
@click.option("--duty", help="Only rules of this duty.")
@output()
@surroundings(at=False)
def list_rules(duty: str | None, given: Given, output: Output) -> None:
    """List every check and metric."""
    from trueline.model.errors import UsageError
    from trueline.model.rule import Check
    from trueline.settings.suggestion import did_you_mean

    from ..answering import Answer, deliver
    from ..opening import open_given
    from ..scan.wording import plural

    _, definitions = open_given(given)
    duties = [known.id for known in definitions.duties]
    if duty is not None and duty not in duties:
        raise UsageError(f"there is no duty {duty}", fix=did_you_mean(duty, duties))
    rules = [rule for rule in definitions.rules if duty is None or duty in rule.duties]
    rows = [
        (
            rule.id,
            "check" if isinstance(rule, Check) else "metric",
            rule.severity if isinstance(rule, Check) else None,
            rule.weight if isinstance(rule, Check) else None,
            rule.status,
            list(rule.duties),
            rule.title,
        )
        for rule in rules
    ]
    columns = ("rule", "sort", "severity", "weight", "status", "duties", "title")
    deliver(Answer("rule list", columns, rows, plural(len(rows), "rule") + ".", None, {}, "rules"), output)


@command.command("show", epilog="Example: `trueline rule show area_known_by_one_person --sql`.")
@click.argument("name", shell_complete=completes("rules"))
@click.option("--sql", is_flag=True, help="Print the query alone, ready to paste: run and parameters are in it.")
@output("text", "json")
@surroundings()
def show_rule(name: str, sql: bool, given: Given, output: Output) -> None:
    """Show a rule or a thing to know: what it says and why, what it reads, its parameters, and its query."""
    from trueline.app.asking import parameters_set, paste
    from trueline.rules.explain import tables_of
    from trueline.rules.registry import find_any

    from ..answering import Answer, deliver
    from ..opening import open_given, snapshot_of
    from ..rule_text import rule_payload, rule_text

    workspace, definitions = open_given(given)
    rule = find_any(name, definitions.rules, definitions.things)
    taken = snapshot_of(given, workspace, definitions, asked=tables_of(rule))
    try:
        query = paste(taken, definitions, rule)
        set_by = parameters_set(taken, definitions, rule)
        states = {table: status.state for table, status in taken.snapshot.statuses.items()}
    finally:
        taken.close()
    text = query + "\n" if sql else rule_text(rule, query, states, set_by, output.style)
    payload = {**rule_payload(rule, states, set_by), "sql": query}
    deliver(Answer("rule show", moment=taken.moment, payload=payload, text=text), output)


@command.command("run", epilog="Example: `trueline rule run broken_reference --format csv`.")
@click.argument("name", shell_complete=completes("rules"))
@output()
@surroundings()
def run_rule(name: str, given: Given, output: Output) -> int:
    """Run one check and print every row that violates it."""
    from trueline.app.asking import ask_check
    from trueline.rules.explain import tables_of
    from trueline.rules.registry import find_here

    from ..answering import Answer, deliver
    from ..opening import open_given, snapshot_of
    from ..scan.payload import check_payload
    from ..scan.wording import plural

    workspace, definitions = open_given(given)
    rule = find_here(name, definitions.checks, (*definitions.metrics, *definitions.things), noun="check")
    taken = snapshot_of(given, workspace, definitions, asked=tables_of(rule))
    try:
        result = ask_check(taken, definitions, rule)
    finally:
        taken.close()
    columns = list(result.violations[0].columns) if result.violations else ["subject", "message"]
    rows = [tuple(violation.columns[column] for column in columns) for violation in result.violations]
    examined = "nothing examined" if not result.examined else f"{result.examined:,} examined"
    why = f" ({result.detail})" if result.detail else ""
    verdict = f"{rule.id} {result.result.replace('_', ' ')}: {plural(len(rows), 'row')}, {examined}{why}."
    deliver(Answer("rule run", columns, rows, verdict, taken.moment, check_payload(result)), output)
    return exit_status.WRONG if result.result == "error" else exit_status.CLEAN


@command.command("test", epilog="Examples: `trueline rule test`; `trueline rule test runbook_past_review`.")
@click.argument("names", nargs=-1, shell_complete=completes("rules"))
@output("text", "json")
@surroundings(at=False)
def test_rules(names: tuple[str, ...], given: Given, output: Output) -> int:
    """Lint rules and things and run their cases, also with each table absent, stale and forbidden."""
    from trueline.app.testing import run_tests
    from trueline.model.errors import Problem
    from trueline.rules.registry import find_any

    from ..answering import Answer, deliver
    from ..drawing import cannot_be_drawn
    from ..opening import open_given
    from ..scan.wording import plural

    _, definitions = open_given(given)
    tested = run_tests(definitions, [find_any(name, definitions.rules, definitions.things).id for name in names])
    metrics = {metric.id: metric for metric in definitions.metrics}
    roots = {practice.name: practice.root for practice in definitions.practices}
    problems = list(tested.problems)
    for chart in tested.charts:
        if why := cannot_be_drawn(chart, metrics[chart.metric]):
            path = str(roots[chart.practice] / "charts" / f"{chart.name}.vl.json")
            problems.append(Problem(path, 0, 0, f"it cannot be drawn: {why}", "", "chart"))
    failed = [f"{o.path}:{o.line}: {o.rule}, {o.case}: {o.failure}" for o in tested.failures]
    lines = [*(str(problem) for problem in problems), *failed]
    things = f"{plural(tested.things, 'thing')}, " if tested.things else ""
    verdict = (
        f"{plural(tested.rules, 'rule')}, {things}{plural(len(tested.outcomes), 'case')}, {plural(len(failed), 'failure')}, "
        f"{plural(len(problems), 'problem')}."
    )
    payload = {
        "rules": tested.rules,
        "cases": len(tested.outcomes),
        "problems": [str(problem) for problem in problems],
        "failures": [
            {"rule": o.rule, "case": o.case, "path": o.path, "line": o.line, "failure": o.failure}
            for o in tested.failures
        ],
    }
    deliver(Answer("rule test", payload=payload, text="\n".join([*lines, verdict]) + "\n"), output)
    return exit_status.WRONG if lines else exit_status.CLEAN
