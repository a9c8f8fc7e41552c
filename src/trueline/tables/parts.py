"""Derived parts of a snapshot, views and analyses alike, and the order in which they are built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trueline.model.errors import LakeRefused, UsageError
from trueline.model.table import Row, Table

from .engine import Database, ddl
from .json_lines import quoted

Build = Callable[[Callable[[str], list[tuple[Any, ...]]]], Mapping[str, Iterable[Row]]]


@dataclass(frozen=True)
class Part:
    """What derives one or more tables from others."""

    name: str
    reads: frozenset[str]
    writes: tuple[Table, ...]
    version: str
    """Changes whenever the same input gives other rows."""
    sql: str | None = None
    """Set for a view."""
    build: Build | None = None
    """Set for an analysis."""
    seconds: float | None = None
    """How long a view may take; None is as long as it needs."""


def in_order(parts: Iterable[Part]) -> list[Part]:
    """Return the parts so that each comes after those whose tables it reads.

    Raises UsageError where two write one table or where they read each other in a circle.
    """
    makers: dict[str, Part] = {}
    for part in parts:
        for table in part.writes:
            if table.name in makers:
                raise UsageError(f"table {table.name} is made by {makers[table.name].name} and by {part.name}")
            makers[table.name] = part
    done: dict[str, Part] = {}
    for part in sorted({part.name: part for part in makers.values()}.values(), key=lambda part: part.name):
        _visit(part, makers, done, ())
    return list(done.values())


def _visit(part: Part, makers: Mapping[str, Part], done: dict[str, Part], path: tuple[str, ...]) -> None:
    if part.name in done:
        return
    if part.name in path:
        raise UsageError(
            "views read each other in a circle: " + " -> ".join((*path[path.index(part.name) :], part.name))
        )
    for table in sorted(part.reads):
        if table in makers:
            _visit(makers[table], makers, done, (*path, part.name))
    done[part.name] = part


def derive(database: Database, parts: Sequence[Part], given: frozenset[str] = frozenset()) -> None:
    """Build every part whose tables are not given already, in the order of `parts`."""
    for part in parts:
        missing = [table for table in part.writes if table.name not in given]
        if not missing:
            continue
        if part.sql is not None:
            table = part.writes[0]
            columns = ", ".join(f"cast({quoted(c.name)} as {c.type}) as {quoted(c.name)}" for c in table.columns)
            made = f"create table {quoted(table.name)} as select {columns} from (\n{part.sql}\n)"
            try:
                database.execute(made, seconds=part.seconds)
            except LakeRefused as error:
                raise LakeRefused(f"{part.name} cannot be built: {error.message}") from error
        elif part.build is not None:
            rows = part.build(database.rows)
            for table in missing:
                database.load(table, rows[table.name])
        else:
            for table in missing:
                database.execute(ddl(table))


def deep_reads(reads: Iterable[str], parts: Sequence[Part]) -> frozenset[str]:
    """Return the base tables behind some tables: views and analyses followed to their inputs."""
    makers = {table.name: part for part in parts for table in part.writes}
    base: set[str] = set()
    waiting, seen = list(reads), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in makers:
            waiting.extend(makers[name].reads)
        else:
            base.add(name)
    return frozenset(base)
