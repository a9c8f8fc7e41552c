"""Ask: one rule, one metric, or a query of the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trueline.model.errors import QueryRefused
from trueline.model.rule import Check, CheckResult, Metric, MetricResult, Thing
from trueline.rules.explain import pasteable
from trueline.rules.parameters import values_of
from trueline.rules.run import Bench, run_check, run_metric
from trueline.tables.catalog import CATALOG
from trueline.tables.statement import check_tables, parse

from .definitions import Definitions
from .evaluating import placed, rule_settings
from .snapshots import Taken


def ask_check(taken: Taken, definitions: Definitions, rule: Check) -> CheckResult:
    """Run one check."""
    return placed(run_check(rule, _bench(taken, definitions, rule)), definitions)


def ask_metric(taken: Taken, definitions: Definitions, rule: Metric) -> MetricResult:
    """Run one metric."""
    return placed(run_metric(rule, _bench(taken, definitions, rule)), definitions)


def _bench(taken: Taken, definitions: Definitions, rule: Check | Metric) -> Bench:
    return taken.bench(rule_settings(taken, definitions)[0], trusted=rule.practice in definitions.built_in)


def ask_query(
    taken: Taken, sql: str, *, seconds: float, at_most: int | None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run one select of somebody's own, in a process that is killed when it takes too long. Raises QueryRefused."""
    statement = parse(sql)
    check_tables(statement, taken.snapshot.tables | {"run", CATALOG.name})
    return taken.ask_killable()(sql, seconds=seconds, at_most=at_most)


def paste(taken: Taken, definitions: Definitions, rule: Check | Metric | Thing) -> str:
    """Return a rule's query ready to paste. Raises QueryRefused where it cannot be read, BadInput for a wrong setting."""
    return pasteable(rule, taken.moment, rule_settings(taken, definitions)[0])


def parameters_set(
    taken: Taken, definitions: Definitions, rule: Check | Metric | Thing
) -> Mapping[str, tuple[Any, str]]:
    """Return the parameters of a rule that records set: value and `path:line`. Raises BadInput."""
    settings = rule_settings(taken, definitions)[0]
    values = values_of(rule, settings)
    return {name: (values[name], f"{one[0].path}:{one[0].line}") for name, one in settings.get(rule.id, {}).items()}


def known_tables(taken: Taken) -> list[tuple[str, str, str, int]]:
    """Return name, basis, state and rows of every table of a snapshot."""
    rows = taken.snapshot.database.rows("select table_name, basis, state, row_count from catalog order by table_name")
    if not rows:
        raise QueryRefused("the snapshot is empty")
    return [(name, basis, state, count) for name, basis, state, count in rows]
