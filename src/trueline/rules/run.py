"""Run rules on a snapshot: what a check, a metric or a thing says, or why it cannot say.

The order matters: tables that cannot be trusted make a result unknown before any row is looked
at, and nothing examined is unknown too. So nothing unknown can ever read as "holds".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from trueline.model.errors import QueryRefused, TruelineError
from trueline.model.rule import (
    Check,
    CheckResult,
    Metric,
    MetricResult,
    MetricRow,
    Parameter,
    Thing,
    UnknownReason,
    Violation,
)
from trueline.model.table import Status, TableState
from trueline.tables.catalog import weakest
from trueline.tables.statement import check_tables, parse

from .parameters import Parametrized, Settings, values_of
from .template import fields_of, fill

REASONS: Mapping[TableState, UnknownReason] = {
    "forbidden": "no_permission",
    "absent": "no_evidence",
    "stale": "stale",
    "incomplete": "incomplete",
}
OWN_TABLES = frozenset({"run", "catalog", "parameters"})
THING_COLUMNS = ("value", "n", "surprise", "certainty")
METRIC_COLUMNS = ("period", "subject", "value", "n", "coverage")


class Ask(Protocol):
    """Run one select on a snapshot and return column names and rows. Raises QueryRefused."""

    def __call__(
        self, sql: str, *, seconds: float, at_most: int | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]: ...


@dataclass(frozen=True)
class Bench:
    """What rules run on: a way to ask, and how far each table can be trusted."""

    ask: Ask
    statuses: Mapping[str, Status]
    basis: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=dict)
    """Parameters that records set."""
    seconds: float = 30


def run_check(check: Check, bench: Bench) -> CheckResult:
    """Return what a check says. Never raises for what the rule or the data do."""
    try:
        values_of(check, bench.settings)  # a setting that cannot be read is told whatever else is missing
        texts = [text for text in (check.sql, check.examines, check.applies) if text]
        reads = _reads(texts, bench)
        declared = bool(reads) and all(bench.basis.get(name) == "declared" for name in reads)
        doubt = _doubt(reads, bench)
        if doubt is not None:
            return CheckResult(
                check,
                "unknown",
                reason=REASONS[doubt.state],
                detail=f"{doubt.table}: {doubt.reason}",
                is_declared=declared,
            )
        if check.applies and not _one_value(check.applies, check, bench):
            return CheckResult(check, "not_applicable", is_declared=declared)
        examined, subjects = _examined(check, bench)
        violations = _violations(check, bench)
    except TruelineError as error:
        return CheckResult(check, "error", detail=str(error))
    if examined == 0 and violations:
        return CheckResult(check, "error", examined, detail="it has violations and says that it examined nothing")
    if examined == 0:
        return CheckResult(
            check, "unknown", 0, subjects, "nothing_examined", "there was nothing to examine", (), declared
        )
    return CheckResult(check, "violated" if violations else "holds", examined, subjects, None, "", violations, declared)


def run_metric(metric: Metric, bench: Bench) -> MetricResult:
    """Return what a metric says; no valid row is no data, never 0.

    The value is the row without a subject and without a period; where a metric selects none, the row without a
    subject of the latest period.
    """
    try:
        values_of(metric, bench.settings)
        doubt = _doubt(_reads([metric.sql], bench), bench)
        if doubt is not None:
            return MetricResult(metric, reason=REASONS[doubt.state], detail=f"{doubt.table}: {doubt.reason}")
        names, rows = bench.ask(bound(metric.sql, metric, bench.settings), seconds=bench.seconds)
    except TruelineError as error:
        return MetricResult(metric, reason="error", detail=str(error))
    missing = [name for name in METRIC_COLUMNS if name not in names]
    if missing:
        return MetricResult(metric, reason="error", detail=f"it does not select {', '.join(missing)}")
    series = tuple(
        sorted((_metric_row(dict(zip(names, row, strict=True))) for row in rows), key=_by_period_and_subject)
    )
    whole = [row for row in series if row.subject is None]
    value = next((row for row in whole if row.period is None), whole[-1] if whole else None)
    if value is None or value.value is None:
        parts = [row for row in series if row.subject is not None and row.value is not None]
        if value is None and parts:
            return MetricResult(
                metric, series=series, reason="no_single_value", detail=f"each of {len(parts):,} has its own"
            )
        return MetricResult(metric, series=series, reason="nothing_examined", detail="there was nothing to examine")
    return MetricResult(metric, value.value, value.n, value.columns, series)


def run_thing(thing: Thing, bench: Bench) -> Mapping[str, Any] | None:
    """Return the row of a thing, or None where there is nothing to say or it cannot be trusted.

    Raises QueryRefused where the thing itself is wrong, BadInput where a record that sets a parameter is.
    """
    values_of(thing, bench.settings)
    if _doubt(_reads([thing.sql], bench), bench) is not None:
        return None
    names, rows = bench.ask(bound(thing.sql, thing, bench.settings), seconds=bench.seconds, at_most=2)
    if not rows:
        return None
    if len(rows) > 1:
        raise QueryRefused("it gave more than one row")
    row = dict(zip(names, rows[0], strict=True))
    _can_be_told(thing, row)
    return row


def _can_be_told(thing: Thing, row: Mapping[str, Any]) -> None:
    missing = [name for name in THING_COLUMNS if name not in row]
    if missing:
        raise QueryRefused(f"it does not select {', '.join(missing)}")
    for key, template in thing.templates:
        for name in sorted(fields_of(template)[0] - row.keys()):
            raise QueryRefused(f"{key} names {name}, which is not selected", line=thing.lines.get(key, 0), col=1)
    for name in ("surprise", "certainty"):
        share = row[name]
        if not isinstance(share, int | float | Decimal) or not 0 <= share <= 1:
            raise QueryRefused(f"{name} is {'null' if share is None else share}, and must be from 0 to 1")


def bound(sql: str, rule: Parametrized, settings: Settings) -> str:
    """Return the select with its parameters in front, as a CTE of one row. Raises BadInput."""
    if not rule.parameters:
        return sql
    values = values_of(rule, settings)
    columns = ", ".join(f"{_literal(values[p.name], p)} as {p.name}" for p in rule.parameters)
    return f"with parameters as (select {columns}), rule as (\n{sql}\n) select * from rule"


def _literal(value: Any, parameter: Parameter) -> str:
    text = "'" + str(value).replace("'", "''") + "'"
    types = {"integer": "bigint", "decimal": "decimal(18,4)", "text": "varchar", "boolean": "boolean", "date": "date"}
    return f"cast({text} as {types[parameter.type]})"


def _reads(texts: Sequence[str], bench: Bench) -> frozenset[str]:
    reads: frozenset[str] = frozenset()
    for text in texts:
        statement = parse(text)
        check_tables(statement, bench.statuses.keys() | OWN_TABLES)
        reads |= statement.reads
    return reads - OWN_TABLES


def _doubt(reads: frozenset[str], bench: Bench) -> Status | None:
    status = weakest(bench.statuses[name] for name in sorted(reads))
    return None if status is None or status.state == "complete" else status


def _one_value(sql: str, check: Check, bench: Bench) -> Any:
    rows = bench.ask(bound(sql, check, bench.settings), seconds=bench.seconds, at_most=1)[1]
    return rows[0][0] if rows else None


def _examined(check: Check, bench: Bench) -> tuple[int, frozenset[tuple[str | None, str]] | None]:
    names, rows = bench.ask(bound(check.examines, check, bench.settings), seconds=bench.seconds)
    if names in (["subject"], ["repository", "subject"]):
        subjects = frozenset((row[0] if len(row) == 2 else None, str(row[-1])) for row in rows)
        return len(subjects), subjects
    if len(rows) != 1 or len(rows[0]) != 1 or not isinstance(rows[0][0], int):
        raise QueryRefused("examines must give one number, or the columns repository and subject")
    return rows[0][0], None


def _violations(check: Check, bench: Bench) -> tuple[Violation, ...]:
    names, rows = bench.ask(bound(check.sql, check, bench.settings), seconds=bench.seconds)
    if names[:2] != ["subject", "message"]:
        raise QueryRefused(f"a check selects subject and message first, not {', '.join(names[:2])}")
    violations = [_violation(check, dict(zip(names, row, strict=True))) for row in rows]
    return tuple(
        sorted(violations, key=lambda v: (v.repository or "", v.subject, v.path or "", v.line or 0, v.message))
    )


def _violation(check: Check, row: Mapping[str, Any]) -> Violation:
    if row["subject"] is None or row["message"] is None:
        raise QueryRefused("subject and message are never null")
    group = row.get(check.group_by) if check.group_by else None
    if check.group_by and check.group_by not in row:
        raise QueryRefused(f"group_by names {check.group_by}, which is not selected")
    try:
        fix = fill(check.fix, row)
    except KeyError as error:
        raise QueryRefused(f"fix names {error.args[0]}, which is not selected") from error
    return Violation(
        rule=check.id,
        subject=str(row["subject"]),
        message=str(row["message"]),
        path=row.get("source_path"),
        line=row.get("source_line"),
        owner=row.get("owner"),
        group=None if group is None else str(group),
        fix=fix,
        repository=row.get("repository"),
        columns=row,
    )


def _metric_row(row: Mapping[str, Any]) -> MetricRow:
    extra = {name: value for name, value in row.items() if name not in METRIC_COLUMNS}
    subject = row["subject"]
    return MetricRow(
        row["period"], None if subject is None else str(subject), row["value"], row["n"], row["coverage"], extra
    )


def _by_period_and_subject(row: MetricRow) -> tuple[date, str]:
    return row.period or date.min, row.subject or ""
