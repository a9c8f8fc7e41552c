"""Roll the results of checks up into the state of each duty. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from trueline.model.duty import Duty, DutyStanding, Need
from trueline.model.rule import CheckResult, MetricResult
from trueline.model.table import Status

PRECISION_BAR = 0.85
"""A rule that judges and was measured below this (Wilson, lower end) does not enter a duty's state."""


def standings(
    duties: Iterable[Duty],
    checks: Sequence[CheckResult],
    metrics: Sequence[MetricResult],
    statuses: Mapping[str, Status],
    targets: Mapping[str, Decimal] | None = None,
) -> tuple[DutyStanding, ...]:
    """Return how each duty stands. `targets` is the share of required checks that must hold (default all)."""
    return tuple(
        _standing(
            duty,
            [result for result in checks if duty.id in result.rule.duties and enters_state(result)],
            sum(duty.id in metric.rule.duties and metric.value is not None for metric in metrics),
            statuses,
            (targets or {}).get(duty.id, Decimal(1)),
        )
        for duty in duties
    )


def enters_state(result: CheckResult) -> bool:
    """Say whether a check counts for its duty: stable, applicable, exact or measured well enough."""
    rule = result.rule
    if rule.status != "stable" or result.result == "not_applicable":
        return False
    return rule.exact or (
        rule.precision is not None and wilson_lower(rule.precision.right, rule.precision.n) >= PRECISION_BAR
    )


def wilson_lower(right: int, n: int, z: float = 1.96) -> float:
    """Return the lower end of the 95 % Wilson score interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0
    share, square = right / n, z * z
    spread = z * ((share * (1 - share) + square / (4 * n)) / n) ** 0.5
    return float((share + square / (2 * n) - spread) / (1 + square / n))


def _standing(
    duty: Duty, results: Sequence[CheckResult], metrics: int, statuses: Mapping[str, Status], target: Decimal
) -> DutyStanding:
    required = [result for result in results if result.rule.weight == "required"]
    held = [result for result in results if result.result == "holds"]
    unknown = [result for result in results if result.result in ("unknown", "error")]
    violated = [result for result in required if result.result == "violated"]
    missing = tuple(need for need in duty.needs if not is_there(need.tables, statuses))
    known: dict[str, Any] = {
        "checks": len(results),
        "checks_held": len(held),
        "checks_unknown": len(unknown),
        "metrics": metrics,
        "required": len(required),
        "missing": missing,
    }
    if violated and Decimal(len(required) - len(violated)) < target * len(required):
        titles = "; ".join(
            f"{result.rule.title}: not so for {_count(result):,} of {result.examined:,}" for result in violated
        )
        return DutyStanding(duty, "not_met", titles, **known)
    if not required:
        nothing = "no check decides it yet" if results else "no check examines it yet"
        return DutyStanding(duty, "unknown", _not_examined(missing) or nothing, **known)
    undecided = [result for result in required if result.result in ("unknown", "error")]
    if undecided:
        first = undecided[0]
        return DutyStanding(duty, "unknown", f"{first.rule.title}: {first.detail or 'it could not run'}", **known)
    if missing:
        return DutyStanding(duty, "unknown", _not_examined(missing), **known)
    if all(result.is_declared for result in required):
        return DutyStanding(duty, "declared", "only records say so", **known)
    examined = sum(result.examined or 0 for result in required)
    return DutyStanding(duty, "met", f"all required checks hold; {examined:,} examined", **known)


def _count(result: CheckResult) -> int:
    """Return how many of what was examined violate: rows, or what they are folded into where one has several rows."""
    rows = len(result.violations)
    if result.examined is None or rows <= result.examined:
        return rows
    return len({(row.repository, row.group or row.subject) for row in result.violations})


def _not_examined(missing: Sequence[Need]) -> str:
    """Say what nobody looked at, or nothing where all that a duty needs is there; titles may have commas."""
    return f"not examined: {'; '.join(need.title for need in missing)}" if missing else ""


def is_there(tables: Iterable[str], statuses: Mapping[str, Status]) -> bool:
    """Say whether one of some tables has rows that can be trusted."""
    return any(name in statuses and statuses[name].state == "complete" and statuses[name].rows > 0 for name in tables)
