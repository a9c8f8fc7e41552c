"""Read case files: YAML in, cases out, or every mistake of a file at its line and column.

Running cases is not its business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import yaml

from trueline.model.errors import BadInput, Problem, TruelineError
from trueline.model.rule import Result, UnknownReason
from trueline.model.run import RUN
from trueline.model.table import Column, Table
from trueline.settings.suggestion import did_you_mean, shown
from trueline.tables.engine import Database

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OWN_KEYS = frozenset({"expect", "result", "examined", "value"})
RESULTS = tuple(name for name in (*get_args(Result), *get_args(UnknownReason)) if name not in ("error", "suppressed"))
"""What a case may expect; an error is always a failure."""


@dataclass(frozen=True)
class Case:
    """One named case of one rule."""

    name: str
    path: str
    line: int
    given: Mapping[str, Sequence[Mapping[str, Any]]]
    expect: Sequence[Any] | None
    result: str | None = None
    examined: int | None = None
    value: Any = None
    has_value: bool = False


def read_cases(path: Path, tables: Mapping[str, Table] | None = None) -> list[Case]:
    """Read a case file. Raises BadInput with every problem; with `tables`, rows must fit these."""
    reading = _Reading(str(path), None if tables is None else {**tables, RUN.name: RUN})
    try:
        text = path.read_text(encoding="utf-8")
        reading.loader = _Loader(text)
        node = reading.loader.get_single_node()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line, col = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise BadInput([Problem(str(path), line, col, f"not YAML: {said}")]) from error
    if not isinstance(node, yaml.MappingNode):
        raise BadInput([Problem(str(path), 1, 1, "a case file is a mapping of case names to cases")])
    cases = list(reading.cases(node))
    if reading.problems:
        raise BadInput(reading.problems)
    return cases


@dataclass
class _Reading:
    """One file as it is read, with the problems met on the way."""

    path: str
    tables: Mapping[str, Table] | None
    loader: Any = None
    problems: list[Problem] = field(default_factory=list)
    case: str = ""

    def problem(self, node: yaml.Node, message: str, fix: str = "") -> None:
        mark, case = node.start_mark, f"case {self.case!r}: " if self.case else ""
        self.problems.append(Problem(self.path, mark.line + 1, mark.column + 1, case + message, fix, "case"))

    def value(self, node: yaml.Node) -> Any:
        """Return what a node says; None, with the problem noted, where it says nothing that exists."""
        try:
            return self.loader.construct_object(node, deep=True)
        except yaml.YAMLError as error:
            self.problem(node, f"not a value: {getattr(error, 'problem', None) or error}")
        except ValueError as error:  # 2026-02-30
            said = shown(node.value) if isinstance(node.value, str) else "a value in it"
            self.problem(node, f"{said} is not a date or number: {error}")
        return None

    def pairs(self, node: yaml.MappingNode, noun: str) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """Yield each key as text with its node and the node of its value."""
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key.value, str):
                self.problem(key, f"the name of a {noun} is text")
            elif key.value in seen:
                self.problem(key, f"{noun} {key.value} is given twice")
            else:
                seen.add(key.value)
                yield key.value, key, value

    def cases(self, node: yaml.MappingNode) -> Iterator[Case]:
        for name, key, body in self.pairs(node, "case"):
            self.case = name
            found = {inner.value for inner, _ in body.value} if isinstance(body, yaml.MappingNode) else set[str]()
            if isinstance(body, yaml.MappingNode) and OWN_KEYS & {key for key in found if isinstance(key, str)}:
                yield self._case(body, key.start_mark.line + 1)
            else:
                self.problem(key, "it expects nothing", "Write expect:, result: or value:")
            self.case = ""

    def _case(self, body: yaml.MappingNode, line: int) -> Case:
        own: dict[str, Any] = {}
        given: dict[str, list[Mapping[str, Any]]] = {}
        for name, key, node in self.pairs(body, "table"):
            if name in OWN_KEYS:
                own[name] = self.value(node)
                self._own(name, own[name], node)
            else:
                given[name] = list(self._rows(name, key, node))
        has_value = "value" in own
        return Case(
            self.case, self.path, line, given, own.get("expect"), own.get("result"), own.get("examined"),
            own.get("value"), has_value,
        )  # fmt: skip

    def _own(self, name: str, value: Any, node: yaml.Node) -> None:
        if value is None:
            return
        if name == "expect" and not isinstance(value, list):
            self.problem(node, "expect must be a list of subjects or rows")
        if name == "result" and value not in RESULTS:
            self.problem(node, f"there is no result {shown(str(value)[:80])}", f"Known: {', '.join(RESULTS)}")
        if name == "examined" and (not isinstance(value, int) or isinstance(value, bool)):
            self.problem(node, "examined must be a whole number")

    def _rows(self, name: str, key: yaml.Node, node: yaml.Node) -> Iterator[Mapping[str, Any]]:
        table = None
        if self.tables is not None:
            table = self.tables.get(name)
            if table is None:
                self.problem(key, f"there is no table {name}", did_you_mean(name, self.tables))
                return
        if isinstance(node, yaml.ScalarNode) and self.value(node) is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, f"{name} must be a list of rows")
            return
        for row in node.value:
            if isinstance(row, yaml.MappingNode):
                yield self._row(row, table)
            else:
                self.problem(row, f"a row of {name} must be columns and values")

    def _row(self, node: yaml.MappingNode, table: Table | None) -> Mapping[str, Any]:
        row = {}
        if any(key.tag == "tag:yaml.org,2002:merge" for key, _ in node.value):
            self.loader.flatten_mapping(node)
        for name, key, inner in self.pairs(node, "column"):
            before = len(self.problems)
            row[name] = self.value(inner)
            if table is None or len(self.problems) > before:
                continue
            if name not in table.column_names:
                fix = did_you_mean(name, table.column_names)
                self.problem(key, f"table {table.name} has no column {name}", fix)
            elif wrong := _wrong(row[name], table.column(name)):
                self.problem(inner, f"{name} must be {wrong}")
        return row


def _wrong(value: Any, column: Column) -> str:
    """Say what a value should be instead; nothing where it fits its column."""
    if value is None:
        return ""
    if column.type.endswith("[]"):
        is_right = isinstance(value, list) and not any(isinstance(item, list | dict) for item in value)
        return "" if is_right else "a list"
    if isinstance(value, list | dict):
        return f"one value of type {column.type}, not a list or mapping"
    if column.type == "boolean":
        return "" if isinstance(value, bool) else f"true or false, not {shown(str(value))}"
    if column.type == "varchar" or (not isinstance(value, bool) and _fits(str(value), column.type)):
        return ""
    return f"of type {column.type}, not {shown(str(value))}"


@lru_cache(maxsize=4096)
def _fits(text: str, type_name: str) -> bool:
    try:
        return bool(_caster().rows(f"select try_cast(? as {type_name}) is not null", [text])[0][0])
    except TruelineError:
        return False


@lru_cache(maxsize=1)
def _caster() -> Database:
    return Database.building()
