"""Lint rules and views with DuckDB's own parser and planner, on empty typed tables.

Nothing of a rule runs on data here. A rule that passes is one select, reads tables that exist,
selects what its sort must select, and does no arithmetic that other engines answer differently.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from trueline.model.errors import Problem, QueryRefused, TruelineError
from trueline.model.practice import Practice, View
from trueline.model.rule import Check, Metric, Rule, Thing
from trueline.model.run import RUN
from trueline.model.table import Table
from trueline.tables.catalog import CATALOG
from trueline.tables.engine import Database, ddl
from trueline.tables.parts import Part, deep_reads
from trueline.tables.statement import check_tables, parse

from .run import METRIC_COLUMNS, OWN_TABLES, bound
from .template import fields_of

_DATES = {"DATE", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP"}
_FLOATING = {"avg", "mean", "median", "quantile_cont", "percentile_cont"}
_WEEKDAYS = {"dayofweek", "weekday", "isodow", "dayname"}


def lint(practices: Iterable[Practice], tables: Mapping[str, Table], duties: Iterable[str]) -> list[Problem]:
    """Return every problem of every rule, view and thing of some practices.

    `tables` are all tables there are: of trees, evidence, records, views and analyses.
    """
    database = Database.building()
    for table in (RUN, CATALOG, *tables.values()):
        database.execute(ddl(table))
    known = frozenset(duties)
    problems: list[Problem] = []
    for practice in practices:
        for view in practice.views:
            problems += _lint_view(view, database, tables)
        rules: tuple[Check | Metric, ...] = (*practice.checks, *practice.metrics)
        for rule in rules:
            problems += _lint_rule(rule, database, tables, known)
        for thing in practice.things:
            problems += _lint_thing(thing, database, tables)
    database.close()
    return problems


def _lint_view(view: View, database: Database, tables: Mapping[str, Table]) -> Iterator[Problem]:
    try:
        statement = parse(view.sql)
        check_tables(statement, tables.keys() | {"run"})
        names = database.table(f"select * from (\n{view.sql}\n) limit 0")[0]
    except TruelineError as error:
        yield _problem(view.path, str(error))
        return
    if tuple(names) != view.table.column_names:
        yield _problem(
            view.path, f"it selects {', '.join(names)}; its header declares {', '.join(view.table.column_names)}"
        )
    yield from _arithmetic(view.sql, view.path, database)


def _lint_rule(
    rule: Check | Metric, database: Database, tables: Mapping[str, Table], duties: frozenset[str]
) -> Iterator[Problem]:
    for duty in rule.duties:
        if duty not in duties:
            yield _problem(rule.path, f"there is no duty {duty}")
    names: list[str] = []
    for text in [rule.sql, *([rule.examines, rule.applies] if isinstance(rule, Check) else [])]:
        if not text:
            continue
        try:
            found = _columns(text, rule, database, tables)
        except TruelineError as error:
            yield _problem(rule.path, str(error))
            return
        names = found if text == rule.sql else names
    yield from _orders(rule)
    yield from _arithmetic(bound(rule.sql, rule, {}), rule.path, database)
    if isinstance(rule, Check):
        yield from _check_columns(rule, names)
    else:
        for name in METRIC_COLUMNS:
            if name not in names:
                yield _problem(rule.path, f"a metric selects {', '.join(METRIC_COLUMNS)}; {name} is missing")


def _lint_thing(thing: Thing, database: Database, tables: Mapping[str, Table]) -> Iterator[Problem]:
    try:
        names = _columns(thing.sql, thing, database, tables)
    except TruelineError as error:
        yield _problem(thing.path, str(error))
        return
    wanted = {"value", "n", "surprise", "certainty"}
    for template in (thing.figure, thing.sentence, *thing.details):
        fields, mistakes = fields_of(template)
        wanted |= fields
        for mistake in mistakes:
            yield _problem(thing.path, mistake)
    for name in sorted(wanted - set(names)):
        yield _problem(thing.path, f"it does not select {name}")


def _columns(text: str, rule: Rule | Thing, database: Database, tables: Mapping[str, Table]) -> list[str]:
    statement = parse(text)
    check_tables(statement, tables.keys() | OWN_TABLES)
    if "catalog" in statement.reads:
        raise QueryRefused("a rule does not read the catalog; the runner does, to know what can be trusted")
    return database.table(f"select * from (\n{bound(text, rule, {})}\n) limit 0")[0]


def _check_columns(check: Check, names: list[str]) -> Iterator[Problem]:
    if names[:2] != ["subject", "message"]:
        yield _problem(check.path, "a check selects subject and message first")
    fields, mistakes = fields_of(check.fix)
    for mistake in mistakes:
        yield _problem(check.path, mistake)
    for name in sorted(fields - set(names)):
        yield _problem(check.path, f"fix names {name}, which is not selected")
    if check.group_by and check.group_by not in names:
        yield _problem(check.path, f"group_by names {check.group_by}, which is not selected")
    if check.status == "stable" and not check.exact and check.precision is None:
        yield _problem(
            check.path, "a stable check is exact, or has a measured precision", "Write exact: true, or status: preview"
        )


def _orders(rule: Rule) -> Iterator[Problem]:
    for column in parse(rule.sql).orders_without_nulls:
        # A subject is never null, and the runner checks that.
        if column != "subject":
            yield _problem(
                rule.path, f"order by {column} does not say where nulls go", "Write nulls first or nulls last"
            )


def _arithmetic(sql: str, path: str, database: Database) -> Iterator[Problem]:
    """Yield arithmetic whose answer depends on the engine (facts: engines differ)."""
    try:
        plan = json.loads(database.rows("select json_serialize_plan(?)", [sql])[0][0])
    except TruelineError:
        return
    if plan.get("error"):
        return
    for name, types in _calls(plan):
        if name == "-" and len(types) == 2 and set(types) <= _DATES:
            yield _problem(
                path, f"{types[0]} minus {types[1]} differs between engines", "Use date_diff('day', from, to)"
            )
        elif name in _FLOATING and "DECIMAL" in types:
            yield _problem(
                path, f"{name} on a decimal answers differently elsewhere", "Cast to double, or keep sum and count"
            )
        elif name in _WEEKDAYS:
            yield _problem(path, f"{name} differs between engines", "Use date_trunc('week', …)")


def _calls(node: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield each function of a plan with the types of its arguments."""
    if isinstance(node, list):
        for item in node:
            yield from _calls(item)
    elif isinstance(node, dict):
        if node.get("expression_class") in ("BOUND_FUNCTION", "BOUND_AGGREGATE"):
            name = str(node["qname"]["path"][-1]).lower()
            yield name, [argument.get("id", "") for argument in node.get("arguments", ())]
        for value in node.values():
            yield from _calls(value)


def _problem(path: str, message: str, fix: str = "") -> Problem:
    return Problem(path, 0, 0, message, fix, "rule")


def base_tables(rule: Rule | Thing, parts: Sequence[Part]) -> frozenset[str]:
    """Return the base tables that a rule rests on, views and analyses followed."""
    texts = [rule.sql, *([rule.examines, rule.applies or ""] if isinstance(rule, Check) else [])]
    reads = frozenset(name for text in texts if text for name in parse(text).reads) - OWN_TABLES
    return deep_reads(reads, parts) - OWN_TABLES
