"""A rule as text and as JSON: everything its header says, what it reads, and its query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from trueline.model.rule import Check, Metric, Parameter, Thing
from trueline.rules.explain import tables_read
from trueline.rules.roll_up import wilson_lower

from .answering import shown
from .escape import wrapped
from .style import Style

if TYPE_CHECKING:
    from trueline.app.evaluating import Evaluation


SetBy = Mapping[str, tuple[Any, str]]
"""By parameter: the value that a record sets, and its `path:line`."""


def could_not_run(evaluation: Evaluation) -> list[str]:
    """Return a line for each check that ended in an error, and for each record that names a rule that does not exist."""
    failed = [result for result in evaluation.checks if result.result == "error"]
    lines = [f"{result.rule.path}: {result.rule.id} could not run: {result.detail}" for result in failed]
    return [*lines, *(str(problem) for problem in evaluation.stray_settings)]


def rule_payload(rule: Check | Metric | Thing, states: Mapping[str, str], set_by: SetBy) -> dict[str, Any]:
    """Return what `rule show --format json` prints beside the envelope."""
    payload: dict[str, Any] = {
        "id": rule.id,
        "sort": "check" if isinstance(rule, Check) else "metric" if isinstance(rule, Metric) else "thing",
        "title": rule.title,
    }
    if not isinstance(rule, Thing):
        payload |= {"why": rule.why, "duties": list(rule.duties), "status": rule.status}
    payload |= {
        "parameters": [_parameter(parameter, set_by) for parameter in rule.parameters],
        "reads": [{"table": table, "state": states.get(table)} for table in tables_read(rule)],
        "path": rule.path,
    }
    if isinstance(rule, Check):
        payload |= {
            "severity": rule.severity,
            "weight": rule.weight,
            "owner": rule.owner,
            "fix": rule.fix,
            "examines": rule.examines,
        }
        payload["precision"] = "exact" if rule.exact else _precision(rule)
    elif isinstance(rule, Metric):
        payload |= {"unit": rule.unit, "direction": rule.direction, "grain": rule.grain, "target": rule.target}
    else:
        payload |= {"rule": rule.rule, "figure": rule.figure, "sentence": rule.sentence, "details": list(rule.details)}
    return payload


def _parameter(parameter: Parameter, set_by: SetBy) -> dict[str, Any]:
    value, place = set_by.get(parameter.name, (parameter.default, None))
    return {
        "name": parameter.name,
        "type": parameter.type,
        "value": value,
        "default": parameter.default,
        "set_by": place,
        "why": parameter.why,
    }


def rule_text(rule: Check | Metric | Thing, query: str, states: Mapping[str, str], set_by: SetBy, style: Style) -> str:
    """Return a rule for people."""
    payload = rule_payload(rule, states, set_by)
    lines = [style.paint("strong", f"{rule.id}  {rule.title}"), *wrapped(payload.get("why", ""), style.width), ""]
    facts = {"sort": payload["sort"], "status": payload.get("status"), "duties": payload.get("duties")}
    if isinstance(rule, Thing):
        facts |= {"speaks of": rule.rule, "figure": rule.figure, "sentence": rule.sentence}
    elif isinstance(rule, Check):
        facts |= {
            "severity": rule.severity,
            "weight": rule.weight,
            "owner": rule.owner,
            "precision": payload["precision"],
            "to mend": rule.fix,
        }
    else:
        facts |= {"unit": rule.unit, "better": {"up": "more", "down": "less", "none": "neither"}[rule.direction]}
    facts["reads"] = [f"{read['table']} ({read['state'] or 'no such table'})" for read in payload["reads"]]
    for name, value in facts.items():
        if value:
            first, *rest = wrapped(shown(value), style.width - 11)
            lines += [f"{name:<10} {first}", *(" " * 11 + line for line in rest)]
    for parameter in payload["parameters"]:
        told = f"default {shown(parameter['default'])}, set by {parameter['set_by']}"
        origin = f" ({told})" if parameter["set_by"] else ""
        lines.append(f"parameter  {parameter['name']} = {shown(parameter['value'])}{origin}: {parameter['why']}")
    return "\n".join([*lines, f"file       {rule.path}", "", query.strip("\n")]) + "\n"


def _precision(rule: Check) -> str | None:
    if rule.precision is None:
        return None
    right, n = rule.precision.right, rule.precision.n
    return f"{right} of {n} findings were right when read; at least {100 * wilson_lower(right, n):.0f} % (Wilson, 95 %)"
