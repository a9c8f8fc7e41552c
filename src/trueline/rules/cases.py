"""Cases of rules and things: rows in, expected rows out; written by people, and generated for what must never happen.

Every rule is also run with each table behind it absent, stale and forbidden: the answer must then
be unknown or not applicable, never "holds"; a thing then says nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trueline.model.errors import QueryRefused, TruelineError
from trueline.model.rule import Check, Metric, Thing
from trueline.model.run import RUN
from trueline.model.table import Column, Status, Table, TableState
from trueline.settings.suggestion import did_you_mean
from trueline.tables.catalog import weakest
from trueline.tables.engine import Database, ddl
from trueline.tables.parts import Part, deep_reads, derive

from .case_file import Case, read_cases
from .difference import difference, same
from .lint import base_tables
from .run import Ask, Bench, run_check, run_metric, run_thing
from .template import fill, fill_known

__all__ = ["Case", "CaseOutcome", "World", "cases_of", "read_cases", "run_cases", "run_doubts"]

DOUBTS: tuple[TableState, ...] = ("absent", "stale", "forbidden")
DEFAULT_RUN = {"as_of": "2026-03-02", "as_of_at": "2026-03-02T23:59:59Z", "known_at": "2026-03-02T23:59:59Z"}

Tested = Check | Metric | Thing
Open = Callable[[Path], Ask]
"""Give a way to ask a finished database: in this process, or in one that can be killed."""


@dataclass(frozen=True)
class CaseOutcome:
    """What a case gave."""

    rule: str
    case: str
    path: str
    line: int
    failure: str = ""
    """Empty where the case passed."""


@dataclass(frozen=True)
class World:
    """What cases run in: all tables there are, and the parts in order."""

    tables: Mapping[str, Table]
    parts: Sequence[Part]


def cases_of(practice: Path, rule: Tested) -> Path:
    """Return where the cases of a rule or thing stand: things in a folder of their own, as some are called like a rule."""
    return practice / "cases" / ("things" if isinstance(rule, Thing) else "") / f"{rule.name}.yaml"


def run_cases(rule: Tested, cases: Sequence[Case], world: World, open_database: Open) -> Iterator[CaseOutcome]:
    """Run the written cases of a rule or thing."""
    for case in cases:
        try:
            with _database(rule, case, world) as path:
                failure = _failure(rule, case, Bench(open_database(path), _complete(world)))
        except TruelineError as error:
            failure = str(error)
        yield CaseOutcome(rule.id, case.name, case.path, case.line, failure)


def run_doubts(rule: Tested, case: Case, world: World, open_database: Open) -> Iterator[CaseOutcome]:
    """Run a case again with each table behind the rule absent, stale and forbidden."""
    doubts: list[tuple[str, TableState]] = [(t, s) for t in sorted(base_tables(rule, world.parts)) for s in DOUBTS]
    emptied = [(table, state) for table, state in doubts if state == "absent" and case.given.get(table)]
    for table, state in emptied:
        yield from _doubts(rule, replace(case, given={**case.given, table: []}), world, open_database, [(table, state)])
    yield from _doubts(rule, case, world, open_database, [doubt for doubt in doubts if doubt not in emptied])


def _doubts(
    rule: Tested, case: Case, world: World, open_database: Open, doubts: Sequence[tuple[str, TableState]]
) -> Iterator[CaseOutcome]:
    """Run one case under several doubts: its rows are the same for all, so they are loaded once."""
    with _database(rule, case, world) as path:
        ask = open_database(path)
        for table, state in doubts:
            failure = _leak(rule, Bench(ask, _doubted(world, table, state)))
            yield CaseOutcome(rule.id, f"{table} is {state}", case.path, case.line, failure)


def _leak(rule: Tested, bench: Bench) -> str:
    if isinstance(rule, Check):
        result = run_check(rule, bench)
        return "" if result.result in ("unknown", "not_applicable") else f"the result is {result.result}, not unknown"
    if isinstance(rule, Thing):
        return "it still speaks" if run_thing(rule, bench) is not None else ""
    value = run_metric(rule, bench).value
    return "" if value is None else f"the value is {value!r}, not no data"


@contextmanager
def _database(rule: Tested, case: Case, world: World) -> Iterator[Path]:
    """Build the database of a case: given rows, empty tables for the rest, views derived unless given."""
    unknown = case.given.keys() - world.tables.keys() - {"run"}
    if unknown:
        raise QueryRefused(f"there is no table {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="trueline-case-") as folder:
        path = Path(folder) / "case.duckdb"
        database = Database.building(path)
        try:
            database.execute("begin")  # one transaction: each of its own would wait for the disk
            database.load(RUN, [_row(RUN, DEFAULT_RUN | _run_row(case))])
            needed = base_tables(rule, world.parts) | {name for name in case.given if name != "run"}
            behind = deep_reads(needed, world.parts)
            for name in sorted((needed | behind) - {"run"}):
                if name in case.given or not any(name in {t.name for t in part.writes} for part in world.parts):
                    table = world.tables[name]
                    database.execute(ddl(table))
                    if rows := case.given.get(name):
                        database.append(table, [_row(table, row) for row in rows])
            derive(database, _needed_parts(rule, case, world), frozenset(case.given))
            database.execute("commit")
        finally:
            database.close()
        yield path


def _needed_parts(rule: Tested, case: Case, world: World) -> list[Part]:
    """Return the parts between the base tables and the rule, those only that no given table replaces."""
    from trueline.tables.statement import parse

    texts = [rule.sql, *([rule.examines, rule.applies or ""] if isinstance(rule, Check) else [])]
    waiting = [name for text in texts if text for name in parse(text).reads]
    makers = {table.name: part for part in world.parts for table in part.writes}
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in case.given or name not in makers or makers[name].name in needed:
            continue
        needed.add(makers[name].name)
        waiting.extend(makers[name].reads)
    return [part for part in world.parts if part.name in needed]


def _run_row(case: Case) -> dict[str, Any]:
    rows = case.given.get("run") or [{}]
    row = {name: str(value) for name, value in rows[0].items()}
    if "as_of" in row and "as_of_at" not in row:
        row["as_of_at"] = row["known_at"] = f"{row['as_of']}T23:59:59Z"
    return row


def _row(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    for name in sorted(row.keys() - set(table.column_names)):
        raise QueryRefused(f"table {table.name} has no column {name}", fix=did_you_mean(name, table.column_names))
    return tuple(_value(row.get(column.name), column) for column in table.columns)


def _value(value: Any, column: Column) -> Any:
    if value is None or column.type.endswith("[]"):
        return value
    if column.type == "boolean":
        return bool(value)
    if column.type in ("bigint", "double") and not isinstance(value, str):
        return value
    return str(value)


def _complete(world: World) -> dict[str, Status]:
    return {name: Status(name, "complete") for name in world.tables}


def _doubted(world: World, table: str, state: TableState) -> dict[str, Status]:
    statuses = _complete(world) | {table: Status(table, state, "a generated case")}
    for part in world.parts:
        behind = weakest(statuses[name] for name in part.reads if name in statuses)
        if behind is not None:
            statuses |= {made.name: Status(made.name, behind.state, behind.reason) for made in part.writes}
    return statuses


def _failure(rule: Tested, case: Case, bench: Bench) -> str:
    if isinstance(rule, Check):
        return _check_failure(rule, case, bench)
    if isinstance(rule, Metric):
        return _metric_failure(rule, case, bench)
    return _thing_failure(rule, case, bench)


def _thing_failure(thing: Thing, case: Case, bench: Bench) -> str:
    """Compare the row of a thing, its texts filled in, with the one that is expected; none where it says nothing."""
    row = run_thing(thing, bench)
    said = {} if row is None else {"figure": fill(thing.figure, row), "sentence": fill(thing.sentence, row)}
    rows = [] if row is None else [{**row, **said, "details": list(fill_known(thing.details, row))}]
    return difference(rows, case.expect or ())


def _check_failure(check: Check, case: Case, bench: Bench) -> str:
    result = run_check(check, bench)
    if result.result == "error":
        return result.detail
    if case.result is not None and case.result not in (result.result, result.reason):
        return f"the result is {result.result} ({result.reason or 'no reason'}), not {case.result}"
    if case.examined is not None and case.examined != result.examined:
        return f"it examined {result.examined}, not {case.examined}"
    if case.expect is None:
        return ""
    return difference([{**v.columns} for v in result.violations], case.expect)


def _metric_failure(metric: Metric, case: Case, bench: Bench) -> str:
    result = run_metric(metric, bench)
    if result.reason == "error":
        return result.detail
    if case.has_value and not same(case.value, result.value):
        return f"the value is {result.value}, not {case.value}"
    if case.expect is None:
        return ""
    rows = [
        {"period": r.period, "subject": r.subject, "value": r.value, "n": r.n, "coverage": r.coverage, **r.columns}
        for r in result.series
    ]
    return difference(rows, case.expect)
