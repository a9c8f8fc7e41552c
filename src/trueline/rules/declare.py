"""Turn headers into the rules, views and things that they declare."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from trueline.model.practice import View
from trueline.model.rule import SEVERITIES, Check, Metric, Parameter, Precision, Thing
from trueline.model.table import Column, Table

from .header import Header
from .template import fields_of

_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "decimal": (int, float, str),
    "text": (str,),
    "boolean": (bool,),
    "date": (date,),
}
_COLUMN_TYPE = re.compile(r"(varchar|bigint|double|boolean|date|timestamptz|decimal\(\d+,\d+\))(\[\])?")
COLUMN_TYPES = "varchar, bigint, double, boolean, date, timestamptz, decimal(18,2), and each with [] for a list"
NAME = re.compile(r"[a-z][a-z0-9_]*")


def check_from(header: Header, practice: str, name: str) -> Check:
    """Return the check of a header; mistakes are noted in the header."""
    owner = header.text("owner") or None
    if owner and not owner.startswith("role:"):
        header.problem(
            "owner", f"owner must be role:<role>, not {owner!r}", "A selected column named owner may name others"
        )
    if "fix" in header.fields and not header.text("fix"):
        header.problem("fix", "fix must say what to do")
    return Check(
        practice=practice,
        name=name,
        **_rule_fields(header),
        weight=header.choice("weight", ("required", "supports"), "required"),
        examines=header.text("examines"),
        applies=header.text("applies") or None,
        severity=header.choice("severity", SEVERITIES, "medium"),
        owner=owner,
        fix=header.text("fix"),
        group_by=header.text("group_by") or None,
        exact=header.fields.get("exact") is True,
        precision=_precision(header),
    )


def metric_from(header: Header, practice: str, name: str) -> Metric:
    """Return the metric of a header; mistakes are noted in the header."""
    target = header.fields.get("target")
    return Metric(
        practice=practice,
        name=name,
        **_rule_fields(header),
        unit=header.text("unit"),
        direction=header.choice("direction", ("up", "down", "none"), "none"),
        grain=header.choice("grain", ("day", "week", "month", "quarter", "as_of"), "as_of"),
        target=None if target is None else str(target),
    )


def thing_from(header: Header, practice: str, name: str) -> Thing:
    """Return the thing of a header; mistakes are noted in the header."""
    for key in ("figure", "sentence"):
        for problem in fields_of(header.text(key))[1]:
            header.problem(key, problem)
    rule = header.text("rule")
    return Thing(
        practice=practice,
        name=name,
        title=header.text("title"),
        rule=rule if "." in rule else f"{practice}.{rule}",
        figure=header.text("figure"),
        sentence=header.text("sentence"),
        details=header.texts("details"),
        sql=header.sql,
        path=header.path,
        parameters=_parameters(header),
        lines=header.lines,
    )


def view_from(header: Header, practice: str, name: str) -> View:
    """Return the view of a header; mistakes are noted in the header."""
    columns = header.fields.get("columns")
    made: list[Column] = []
    if not isinstance(columns, dict):
        if "columns" in header.fields:
            header.problem("columns", "columns must be a mapping of name to {type, doc}")
        columns = {}
    for column, declared in columns.items():
        if not isinstance(declared, dict) or not {"type", "doc"} <= declared.keys() or not NAME.fullmatch(str(column)):
            message = f"column {column} needs {{type: …, doc: …}} and a lower-case name"
            header.problem(f"columns.{column}", message)
        elif not _COLUMN_TYPE.fullmatch(str(declared["type"])):
            message = f"column {column} has the unknown type {declared['type']!r}"
            header.problem(f"columns.{column}", message, f"Known: {COLUMN_TYPES}")
        else:
            privacy = declared.get("privacy", "internal")
            made.append(Column(str(column), str(declared["type"]), str(declared["doc"]), privacy=privacy))
    key = header.texts("key")
    for part in key:
        if part not in {column.name for column in made}:
            header.problem("key", f"the key names {part}, which is no column")
    table = Table(name, header.text("title"), tuple(made), key, origin="view", grain=header.text("grain"))
    return View(table, header.sql, header.path, practice, header.lines)


def _rule_fields(header: Header) -> dict[str, Any]:
    return {
        "title": header.text("title"),
        "why": header.text("why"),
        "duties": header.texts("duty"),
        "sql": header.sql,
        "path": header.path,
        "parameters": _parameters(header),
        "status": header.choice("status", ("preview", "stable", "deprecated"), "stable"),
        "former_ids": header.texts("former_ids"),
        "lines": header.lines,
    }


def _parameters(header: Header) -> tuple[Parameter, ...]:
    declared = header.fields.get("parameters") or {}
    if not isinstance(declared, dict):
        header.problem("parameters", "parameters must be a mapping of name to {default, type, why}")
        return ()
    made = []
    for name, value in declared.items():
        if not isinstance(value, dict) or value.keys() != {"default", "type", "why"} or not NAME.fullmatch(str(name)):
            header.problem(f"parameters.{name}", f"parameter {name} needs default, type and why, and a lower-case name")
        elif value["type"] not in _TYPES or not isinstance(value["default"], _TYPES[value["type"]]):
            header.problem(
                f"parameters.{name}", f"parameter {name}: {value['default']!r} is not of type {value['type']!r}"
            )
        else:
            default = Decimal(str(value["default"])) if value["type"] == "decimal" else value["default"]
            made.append(Parameter(str(name), value["type"], default, str(value["why"])))
    return tuple(made)


def _precision(header: Header) -> Precision | None:
    declared = header.fields.get("precision")
    if declared is None:
        return None
    if not isinstance(declared, dict) or not all(isinstance(declared.get(key), int) for key in ("right", "n")):
        header.problem("precision", "precision must be {right: …, n: …}, counted by reading findings")
        return None
    return Precision(declared["right"], declared["n"])
