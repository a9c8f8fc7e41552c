"""Ask: one rule, one metric, or a query of the user's own."""

from __future__ import annotations

from typing import Any

from trueline.model.errors import QueryRefused
from trueline.model.rule import Check, CheckResult, Metric, MetricResult
from trueline.rules.explain import pasteable
from trueline.rules.run import run_check, run_metric
from trueline.tables.catalog import CATALOG
from trueline.tables.statement import check_tables, parse

from .definitions import Definitions
from .evaluating import rule_settings
from .snapshots import Taken


def ask_check(taken: Taken, definitions: Definitions, rule: Check) -> CheckResult:
    """Run one check."""
    return run_check(rule, taken.bench(rule_settings(taken), trusted=rule.practice in definitions.built_in))


def ask_metric(taken: Taken, definitions: Definitions, rule: Metric) -> MetricResult:
    """Run one metric."""
    return run_metric(rule, taken.bench(rule_settings(taken), trusted=rule.practice in definitions.built_in))


def ask_query(
    taken: Taken, sql: str, *, seconds: float, at_most: int | None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run one select of somebody's own, in a process that is killed when it takes too long. Raises QueryRefused."""
    statement = parse(sql)
    check_tables(statement, taken.snapshot.tables | {"run", CATALOG.name})
    return taken.ask_killable()(sql, seconds=seconds, at_most=at_most)


def paste(taken: Taken, rule: Check | Metric) -> str:
    """Return a rule's query ready to paste. Raises QueryRefused where it cannot be read."""
    return pasteable(rule, taken.moment, rule_settings(taken))


def known_tables(taken: Taken) -> list[tuple[str, str, str, int]]:
    """Return name, basis, state and rows of every table of a snapshot."""
    rows = taken.snapshot.database.rows("select table_name, basis, state, row_count from catalog order by table_name")
    if not rows:
        raise QueryRefused("the snapshot is empty")
    return [(name, basis, state, count) for name, basis, state, count in rows]
