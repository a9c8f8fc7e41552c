"""Explain a rule: its header in words, and its query ready to paste into any client."""

from __future__ import annotations

from contextlib import suppress

from trueline.model.errors import QueryRefused
from trueline.model.rule import Check, Metric, Thing
from trueline.model.run import Moment
from trueline.tables.statement import parse

from .parameters import Settings
from .run import bound


def pasteable(rule: Check | Metric | Thing, moment: Moment, settings: Settings) -> str:
    """Return the query with `run` and `parameters` as CTEs, so that it needs the tables only."""
    run = (
        f"select date '{moment.as_of}' as as_of, timestamptz '{moment.as_of_at.isoformat()}' as as_of_at, "
        f"timestamptz '{moment.known_at.isoformat()}' as known_at"
    )
    sql = bound(rule.sql.strip("\n"), rule, settings)
    if "run" not in parse(rule.sql).reads:
        return sql
    if sql.startswith("with parameters as ("):
        return f"with run as ({run}), {sql.removeprefix('with ')}"
    return f"with run as ({run}), rule as (\n{sql}\n) select * from rule"


def tables_read(rule: Check | Metric | Thing) -> list[str]:
    """Return the tables that a rule names, in order."""
    return sorted(parse(rule.sql).reads - {"run", "parameters"})


def tables_of(*rules: Check | Metric | Thing) -> frozenset[str]:
    """Return the tables that some rules read, as far as their SQL can be read."""
    checks = [rule for rule in rules if isinstance(rule, Check)]
    texts = [rule.sql for rule in rules] + [
        text for check in checks for text in (check.examines, check.applies) if text
    ]
    return tables_in(*texts)


def tables_in(*texts: str) -> frozenset[str]:
    """Return the tables that some selects read; a select that is refused reads none, and is told when it is run."""
    found: frozenset[str] = frozenset()
    for text in texts:
        with suppress(QueryRefused):
            found |= parse(text).reads
    return found
