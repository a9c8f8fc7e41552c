"""Lint rules, views, things and charts with DuckDB's own parser and planner, on empty typed tables.

Nothing of a rule runs on data here. A rule that passes is one select, reads tables that exist,
selects what its sort must select, and does no arithmetic that other engines answer differently. That a
chart can be drawn is for those to say who draw.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trueline.model.errors import Problem, QueryRefused, TruelineError
from trueline.model.practice import Practice, View
from trueline.model.rule import Check, Metric, Thing
from trueline.model.run import RUN
from trueline.model.table import Table
from trueline.settings.suggestion import did_you_mean
from trueline.tables.catalog import CATALOG
from trueline.tables.engine import Database, ddl
from trueline.tables.parts import Part, deep_reads
from trueline.tables.statement import check_tables, parse

from .binding import Bound, Call, bind
from .chart_fields import unknown_fields
from .parameters import Parametrized
from .run import METRIC_COLUMNS, OWN_TABLES, THING_COLUMNS
from .template import fields_of

_DATES = {"DATE", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP"}
_WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"}
_SPANS = {"interval", "to_weeks", "to_months", "to_quarters", "to_years", "to_decades"}
_FLOATING = {"avg", "mean", "median", "quantile_cont", "percentile_cont"}
_WEEKDAYS = {"dayofweek", "weekday", "isodow", "dayname"}


def lint(practices: Iterable[Practice], tables: Mapping[str, Table], duties: Iterable[str]) -> list[Problem]:
    """Return every problem of every rule, view, thing and chart of some practices.

    `tables` are all tables there are: of trees, evidence, records, views and analyses. A thing speaks
    of a rule of one of these practices.
    """
    database = Database.building()
    try:
        for table in (RUN, CATALOG, *tables.values()):
            database.execute(ddl(table))
        world = _World(database, tables, frozenset(duties))
        every = list(practices)
        rules = {rule.id for practice in every for rule in (*practice.checks, *practice.metrics)}
        return [problem for practice in every for problem in _lint_practice(practice, world, rules)]
    finally:
        database.close()


@dataclass(frozen=True)
class _World:
    """What rules are bound in."""

    database: Database
    tables: Mapping[str, Table]
    duties: frozenset[str]

    def bind(self, text: str, rule: Parametrized | None, own: frozenset[str]) -> Bound:
        """Return what a select gives. Raises QueryRefused."""
        statement = parse(text)
        check_tables(statement, self.tables.keys() | own)
        if "catalog" in statement.reads:
            raise QueryRefused("a rule does not read the catalog; the runner does, to know what can be trusted")
        read = [self.tables[name] for name in sorted(statement.reads & self.tables.keys())]
        return bind(text, rule, self.database, [name for table in read for name in table.column_names])


def _lint_practice(practice: Practice, world: _World, rules: Collection[str]) -> Iterator[Problem]:
    selected: dict[str, Bound] = {}
    for view in practice.views:
        yield from _lint_view(view, world)
    rules_here: tuple[Check | Metric, ...] = (*practice.checks, *practice.metrics)
    for rule in rules_here:
        yield from _lint_rule(rule, world, selected)
    for thing in practice.things:
        yield from _lint_thing(thing, world, rules)
    for chart in practice.charts:
        if chart.metric in selected:
            for name in unknown_fields(chart.spec, frozenset(selected[chart.metric].names)):
                path = str(practice.root / "charts" / f"{chart.name}.vl.json")
                fix = did_you_mean(name, selected[chart.metric].names)
                yield _problem(path, f"it shows {name}, which the metric does not select", fix)


def _lint_view(view: View, world: _World) -> Iterator[Problem]:
    try:
        bound = world.bind(view.sql, None, frozenset({"run"}))
    except TruelineError as error:
        yield _refused(view.path, error)
        return
    if bound.names != view.table.column_names:
        declared = ", ".join(view.table.column_names)
        message = f"it selects {', '.join(bound.names)}; its header declares {declared}"
        yield _problem(view.path, message, line=view.lines.get("columns", 0))
    yield from _habits(view, bound)


def _lint_rule(rule: Check | Metric, world: _World, selected: dict[str, Bound]) -> Iterator[Problem]:
    for duty in rule.duties:
        if duty not in world.duties:
            yield _at(rule, "duty", f"there is no duty {duty}", did_you_mean(duty, world.duties))
    for key, text in (("examines", rule.examines), ("applies", rule.applies)) if isinstance(rule, Check) else ():
        try:
            if text:
                world.bind(text, rule, OWN_TABLES)
        except TruelineError as error:
            yield _at(rule, key, f"{key}: {error}")
    try:
        bound = world.bind(rule.sql, rule, OWN_TABLES)
    except TruelineError as error:
        yield _refused(rule.path, error)
        return
    selected[rule.id] = bound
    yield from _orders(rule)
    yield from _habits(rule, bound)
    if isinstance(rule, Check):
        yield from _check_columns(rule, bound.names)
    else:
        for name in METRIC_COLUMNS:
            if name not in bound.names:
                yield _problem(rule.path, f"a metric selects {', '.join(METRIC_COLUMNS)}; {name} is missing")


def _lint_thing(thing: Thing, world: _World, rules: Collection[str]) -> Iterator[Problem]:
    if thing.rule not in rules:
        yield _at(thing, "rule", f"there is no rule {thing.rule}", did_you_mean(thing.rule, rules))
    try:
        bound = world.bind(thing.sql, thing, OWN_TABLES)
    except TruelineError as error:
        yield _refused(thing.path, error)
        return
    yield from _habits(thing, bound)
    for name in THING_COLUMNS:
        if name not in bound.names:
            yield _problem(thing.path, f"it does not select {name}")
    for key, template in thing.templates:
        names, mistakes = fields_of(template)
        for mistake in mistakes:
            yield _at(thing, key, mistake)
        for name in sorted(names - set(bound.names)):
            yield _at(thing, key, f"{key} names {name}, which is not selected", did_you_mean(name, bound.names))
    for name, number in parse(thing.sql).constants.items():
        if name in ("surprise", "certainty") and not 0 <= number <= 1:
            yield _problem(thing.path, f"{name} is {number:g}, and must be from 0 to 1")


def _check_columns(check: Check, names: Sequence[str]) -> Iterator[Problem]:
    if tuple(names[:2]) != ("subject", "message"):
        yield _problem(check.path, "a check selects subject and message first")
    fields, mistakes = fields_of(check.fix)
    for mistake in mistakes:
        yield _at(check, "fix", mistake)
    for name in sorted(fields - set(names)):
        yield _at(check, "fix", f"fix names {name}, which is not selected", did_you_mean(name, names))
    if check.group_by and check.group_by not in names:
        message = f"group_by names {check.group_by}, which is not selected"
        yield _at(check, "group_by", message, did_you_mean(check.group_by, names))
    if check.status == "stable" and not check.exact and check.precision is None:
        message = "a stable check is exact, or has a measured precision"
        yield _problem(check.path, message, "Write exact: true, or status: preview")


def _orders(rule: Check | Metric) -> Iterator[Problem]:
    for column in parse(rule.sql).orders_without_nulls:
        # A subject is never null, and the runner checks that.
        if column != "subject":
            yield _problem(
                rule.path, f"order by {column} does not say where nulls go", "Write nulls first or nulls last"
            )


def _habits(source: Parametrized | View, bound: Bound) -> Iterator[Problem]:
    """Yield what a select may do and ours do not: columns without a table, and arithmetic that engines answer otherwise."""
    for name, line, col in parse(source.sql).unqualified:
        message = f"{name} is written without its table, and more than one is read"
        yield _problem(source.path, message, f"Write <table>.{name}", line, col)
    for call in bound.calls:
        for message, fix in _arithmetic(call):
            yield _problem(source.path, message, fix, call.line, call.col)


def _arithmetic(call: Call) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a call whose answer depends on the engine (facts: engines differ), and how to mend it."""
    name, types = call.name, call.types
    if name in ("+", "-") and len(types) == 2 and _DATES & set(types):
        other = next((n for n, kind in enumerate(types) if kind not in _DATES), None)
        verb = "plus" if name == "+" else "minus"
        words = f"{types[0].lower()} {verb} {types[1].lower()} differs between engines"
        if other is None:
            yield words, "Use date_diff('day', from, to)"
        elif types[other] in _WHOLE:
            yield words, "Use to_days(n)"
        elif types[other] == "INTERVAL" and set(call.words) & _SPANS:
            yield words, "Only to_days(n) is the same everywhere"
    elif name in _FLOATING and any(kind.startswith("DECIMAL") for kind in types):
        yield f"{name} on a decimal answers differently elsewhere", "Cast to double, or keep sum and count"
    elif name in _WEEKDAYS:
        yield f"{name} differs between engines", "Use date_trunc('week', …)"


def _problem(path: str, message: str, fix: str = "", line: int = 0, col: int = 0) -> Problem:
    return Problem(path, line, col, message, fix, "rule")


def _at(source: Parametrized, key: str, message: str, fix: str = "") -> Problem:
    """Return a problem at the line of a key of the header."""
    return _problem(source.path, message, fix, source.lines.get(key, 0))


def _refused(path: str, error: TruelineError) -> Problem:
    line, col = (error.line, error.col) if isinstance(error, QueryRefused) else (0, 0)
    return _problem(path, error.message, error.fix, line, col)


def base_tables(rule: Parametrized, parts: Sequence[Part]) -> frozenset[str]:
    """Return the base tables that a rule rests on, views and analyses followed."""
    texts = [rule.sql, *([rule.examines, rule.applies or ""] if isinstance(rule, Check) else [])]
    reads = frozenset(name for text in texts if text for name in parse(text).reads) - OWN_TABLES
    return deep_reads(reads, parts) - OWN_TABLES
