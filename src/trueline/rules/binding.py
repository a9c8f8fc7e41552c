"""Bind a select on empty typed tables: the columns it gives and what it calls, or what is wrong and where.

DuckDB's planner decides (`json_serialize_plan`); nothing runs on data. Whether what is called is
wise is `lint`'s business.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trueline.model.errors import QueryRefused, TruelineError
from trueline.settings.suggestion import did_you_mean
from trueline.tables.engine import Database
from trueline.tables.qualification import position_in
from trueline.tables.statement import place_of

from .parameters import Parametrized
from .run import bound

_MISSING_COLUMN = re.compile(r'Referenced column "(.+?)" not found|does not have a column named "(.+?)"')
_QUOTED = re.compile(r'"([^"]+)"')
_SPEAKING = ("binder", "catalog")
"""Errors that tell what is wrong with the SQL; others say that a plan cannot be written down."""


@dataclass(frozen=True)
class Call:
    """One function or operator that a select calls."""

    name: str
    types: tuple[str, ...]
    """DuckDB's types of its arguments."""
    words: tuple[str, ...]
    """How each argument begins in the text; empty where the planner made it up."""
    line: int
    col: int


@dataclass(frozen=True)
class Bound:
    """What a select gives and calls."""

    names: tuple[str, ...]
    calls: tuple[Call, ...]


def bind(text: str, rule: Parametrized | None, database: Database, columns: Iterable[str]) -> Bound:
    """Return what a select gives. `columns` are those that it could have meant.

    Raises QueryRefused with line and column in `text`.
    """
    sql = text if rule is None else bound(text, rule, {})
    ahead = sql.encode().index(text.encode())
    try:
        plan = json.loads(database.rows("select json_serialize_plan(?)", [sql])[0][0])
    except TruelineError:
        plan = {"error": True}
    if plan.get("error") and plan.get("error_type") in _SPEAKING:
        raise _refusal(text, plan, ahead, columns)
    names = database.table(f"select * from (\n{sql}\n) limit 0")[0]
    return Bound(tuple(names), tuple(_calls(plan.get("plans"), text, ahead)))


def _refusal(text: str, answer: Mapping[str, Any], ahead: int, columns: Iterable[str]) -> QueryRefused:
    position = str(answer.get("position", ""))
    line, col = place_of(text, int(position) - ahead) if position.isdigit() else (0, 0)
    said, _, more = str(answer["error_message"]).partition("\n")
    missing = _MISSING_COLUMN.search(said)
    if missing:
        name = missing.group(1) or missing.group(2)
        said, fix = f"there is no column {name}", did_you_mean(name, [*_QUOTED.findall(more), *columns])
    else:
        close = _QUOTED.search(more) if more.startswith("Did you mean") else None
        fix = f"Did you mean {close.group(1)}?" if close else ""
    return QueryRefused(said, fix=fix, line=line, col=col)


def _calls(node: Any, text: str, ahead: int) -> Iterator[Call]:
    if isinstance(node, list):
        for item in node:
            yield from _calls(item, text, ahead)
    elif isinstance(node, dict):
        if node.get("expression_class") in ("BOUND_FUNCTION", "BOUND_AGGREGATE"):
            types = tuple(str(argument.get("id", "")) for argument in node.get("arguments", ()))
            words = tuple(_word(text, position_in(child) - ahead) for child in node.get("children", ()))
            place = place_of(text, position_in(node) - ahead)
            yield Call(str(node["qname"]["path"][-1]).lower(), types, words, *place)
        for value in node.values():
            yield from _calls(value, text, ahead)


def _word(text: str, position: int) -> str:
    found = re.match(rb"\w+", text.encode()[position:]) if position >= 0 else None
    return found.group().decode(errors="replace").lower() if found else ""
