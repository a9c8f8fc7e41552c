"""A rule as text and as JSON: everything its header says, what it reads, and its query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trueline.model.rule import Check, Metric
from trueline.rules.explain import tables_read
from trueline.rules.roll_up import wilson_lower

from .answering import shown
from .escape import wrapped
from .style import Style


def rule_payload(rule: Check | Metric, states: Mapping[str, str]) -> dict[str, Any]:
    """Return what `rule show --format json` prints beside the envelope."""
    payload: dict[str, Any] = {
        "id": rule.id,
        "sort": "check" if isinstance(rule, Check) else "metric",
        "title": rule.title,
        "why": rule.why,
        "duties": list(rule.duties),
        "status": rule.status,
        "parameters": [{"name": p.name, "type": p.type, "default": p.default, "why": p.why} for p in rule.parameters],
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
    else:
        payload |= {"unit": rule.unit, "direction": rule.direction, "grain": rule.grain, "target": rule.target}
    return payload


def rule_text(rule: Check | Metric, query: str, states: Mapping[str, str], style: Style) -> str:
    """Return a rule for people."""
    lines = [style.paint("strong", f"{rule.id}  {rule.title}"), *wrapped(rule.why, style.width), ""]
    payload = rule_payload(rule, states)
    facts = {"sort": payload["sort"], "status": rule.status, "duties": list(rule.duties)}
    if isinstance(rule, Check):
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
    for parameter in rule.parameters:
        lines.append(f"parameter  {parameter.name} = {shown(parameter.default)}: {parameter.why}")
    return "\n".join([*lines, f"file       {rule.path}", "", query.strip("\n")]) + "\n"


def _precision(rule: Check) -> str | None:
    if rule.precision is None:
        return None
    right, n = rule.precision.right, rule.precision.n
    return f"{right} of {n} findings were right when read; at least {100 * wilson_lower(right, n):.0f} % (Wilson, 95 %)"
