"""The parameters of rules: their defaults, and what records of kind `rule_setting` put in their place.

A setting that cannot be read stops its rule: to run on with the default would judge by a number that
nobody wants. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from trueline.model.errors import BadInput, Problem, UsageError
from trueline.model.rule import Check, Metric, Parameter, Thing
from trueline.settings.suggestion import did_you_mean, shown

from .registry import find_rule

Parametrized = Check | Metric | Thing
_WANTED = {
    "integer": "a whole number",
    "decimal": "a number",
    "text": "text",
    "boolean": "true or false",
    "date": "a date such as 2026-03-01",
}
_LARGEST = 10**14
"""Beyond this a decimal does not fit its column."""


@dataclass(frozen=True)
class Setting:
    """One parameter that a record sets."""

    value: str
    path: str
    line: int


Settings = Mapping[str, Mapping[str, Sequence[Setting]]]
"""By id of the rule and name of the parameter: every record that sets it, and more than one is a mistake."""


def by_rule(
    rows: Iterable[tuple[str, str, Setting]], rules: Sequence[Parametrized]
) -> tuple[Settings, tuple[Problem, ...]]:
    """Return settings by the full id of their rule, and those that name no rule as problems."""
    settings: dict[str, dict[str, list[Setting]]] = {}
    strays: list[Problem] = []
    exact = {rule.id for rule in rules}
    for name, parameter, setting in rows:
        try:
            rule = name if name in exact else find_rule(name, rules).id
        except UsageError as error:
            strays.append(_problem(setting, error.message, error.fix))
            continue
        settings.setdefault(rule, {}).setdefault(parameter, []).append(setting)
    return settings, tuple(strays)


def values_of(rule: Parametrized, settings: Settings) -> dict[str, Any]:
    """Return the value of each parameter. Raises BadInput with every setting that cannot be read."""
    values = {parameter.name: parameter.default for parameter in rule.parameters}
    known = {parameter.name: parameter for parameter in rule.parameters}
    problems: list[Problem] = []
    for name, given in settings.get(rule.id, {}).items():
        for again in given[1:]:
            problems.append(_problem(again, f"{name} of {rule.id} is set by {given[0].path} already"))
        if name not in known:
            fix = did_you_mean(name, known) or "It has none."
            problems.append(_problem(given[0], f"{rule.id} has no parameter {shown(name)}", fix))
            continue
        value = _read(given[0].value, known[name])
        if value is None:
            message = f"{name} of {rule.id} must be {_WANTED[known[name].type]}, not {shown(given[0].value)}"
            problems.append(_problem(given[0], message))
        values[name] = value
    if problems:
        raise BadInput(problems)
    return values


def _problem(setting: Setting, message: str, fix: str = "") -> Problem:
    return Problem(setting.path, setting.line, 0, message, fix, "rule_setting")


def _read(text: str, parameter: Parameter) -> Any:
    """Return a value of the parameter's type; None where the text is none."""
    text = text if parameter.type == "text" else text.strip()
    try:
        match parameter.type:
            case "integer":
                number = int(text)
                return number if abs(number) < 2**63 else None
            case "decimal":
                value = Decimal(text)
                return value if value.is_finite() and abs(value) < _LARGEST else None
            case "boolean":
                return {"true": True, "false": False}.get(text.lower())
            case "date":
                return date.fromisoformat(text)
            case _:
                return text
    except (ValueError, InvalidOperation):
        return None
