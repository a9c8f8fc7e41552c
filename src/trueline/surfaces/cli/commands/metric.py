"""`trueline metric`: list metrics, or show one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..completing import completes
from ..options import Given, Output, output, surroundings

if TYPE_CHECKING:
    from trueline.model.rule import MetricResult


@click.group("metric")
def command() -> None:
    """List metrics with their values, or show one with its series."""


@command.command("list", epilog="Example: `trueline metric list --format csv`.")
@output()
@surroundings()
def list_metrics(given: Given, output: Output) -> None:
    """List every metric with the value of the whole, and why where there is none."""
    from trueline.app.asking import ask_metric

    from ..answering import Answer, deliver, shown
    from ..opening import open_given, snapshot_of
    from ..scan.wording import plural

    workspace, definitions = open_given(given)
    taken = snapshot_of(given, workspace, definitions)
    try:
        results = [ask_metric(taken, definitions, metric) for metric in definitions.metrics]
    finally:
        taken.close()
    is_text = output.format == "text"
    rows = [
        (
            r.rule.id,
            ("no data" if r.value is None else shown(r.value)) if is_text else r.value,
            r.n,
            r.rule.unit,
            r.detail or None,
            r.rule.title,
        )
        for r in results
    ]
    valued = sum(result.value is not None for result in results)
    verdict = f"{plural(len(results), 'metric')}, {valued} with a value."
    columns = ("metric", "value", "n", "unit", "why_no_data", "title")
    deliver(
        Answer("metric list", columns, rows, verdict, taken.moment, {"repository": workspace.name}, "metrics"), output
    )


@command.command(
    "show",
    epilog="Examples: `trueline metric show truck_factor`; `trueline metric show truck_factor --as-of 2025-12-31 --format json`.",
)
@click.argument("name", shell_complete=completes("metrics"))
@output()
@surroundings()
def show_metric(name: str, given: Given, output: Output) -> None:
    """Show one metric: its value, how it is defined, and its series."""
    from trueline.app.asking import ask_metric
    from trueline.app.metric_limits import metric_limits
    from trueline.rules.explain import tables_of
    from trueline.rules.registry import find_here

    from ..answering import Answer, deliver, shown
    from ..opening import open_given, snapshot_of
    from ..scan.payload import metric_payload
    from ..scan.wording import plural

    workspace, definitions = open_given(given)
    metric = find_here(name, definitions.metrics, (*definitions.checks, *definitions.things), noun="metric")
    taken = snapshot_of(given, workspace, definitions, asked=tables_of(metric))
    try:
        result = ask_metric(taken, definitions, metric)
        limits = metric_limits(taken, definitions, workspace, metric) if result.reason != "error" else ()
    finally:
        taken.close()
    extra = list(result.series[0].columns) if result.series else []
    columns = ("period", "subject", "value", "n", "coverage", *extra)
    rows = [(r.period, r.subject, r.value, r.n, r.coverage, *(r.columns[key] for key in extra)) for r in result.series]
    value = f"{shown(result.value)} {_unit(result)}"
    if result.value is None:
        value = f"{'no single value' if result.reason == 'no_single_value' else 'no data'}: {result.detail}"
    told = "".join(f" Limited view: {limit}." for limit in limits)
    verdict = f"{metric.title}: {value}; {plural(len(rows), 'row')}, as of {taken.moment.as_of}.{told}"
    payload = {**dict(result.columns), **metric_payload(result), "detail": result.detail or None, "notes": limits}
    payload.pop("series", None)
    deliver(Answer("metric show", columns, rows, verdict, taken.moment, payload, "series"), output)


def _unit(result: MetricResult) -> str:
    """Return the unit of a value: `flags`, and `flag` of one; a share has no plural."""
    unit = result.rule.unit
    if result.value != 1 or " " in unit:
        return unit
    return {"people": "person"}.get(unit, unit.removesuffix("s"))
