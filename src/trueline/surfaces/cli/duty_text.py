"""Duties as rows and as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from trueline.model.duty import DutyStanding
from trueline.model.rule import CheckResult, MetricResult

from .answering import shown
from .escape import visible, wrapped
from .style import Style

COLUMNS = ("number", "id", "group", "title", "state", "checks_held", "checks", "reason")
SIGNS = {"met": "●", "not_met": "▲", "declared": "◐", "unknown": "○"}
WORDS = {"met": "met", "not_met": "not met", "declared": "declared", "unknown": "unknown"}
ROLES = {"met": "good", "not_met": "high", "declared": "medium", "unknown": "soft"}


def duty_rows(standings: Iterable[DutyStanding]) -> list[tuple[Any, ...]]:
    """Return one row per duty, in the order of `COLUMNS`."""
    return [
        (s.duty.number, s.duty.id, s.duty.group, s.duty.title, s.state, s.checks_held, s.checks, s.reason)
        for s in standings
    ]


def duties_text(standings: Sequence[DutyStanding], style: Style) -> str:
    """Return all duties by group, each on one line, and the count of each state last."""
    lines: list[str] = []
    for group in dict.fromkeys(standing.duty.group for standing in standings):
        lines += ["", style.paint("strong", group.upper())]
        for standing in (s for s in standings if s.duty.group == group):
            held = f"{standing.checks_held} of {standing.checks}" if standing.required else "–"
            first = f"  {SIGNS[standing.state]} {WORDS[standing.state]:<8} {standing.duty.id:<22} {held:>7}  "
            reason, *rest = _two_lines(standing.reason, max(24, style.width - len(first)))
            lines.append(style.paint(ROLES[standing.state], first) + reason)
            lines += [" " * len(first) + line for line in rest]
    counts = ", ".join(f"{sum(s.state == state for s in standings)} {word}" for state, word in WORDS.items())
    return "\n".join([*lines[1:], "", style.paint("strong", f"{len(standings)} duties: {counts}.")]) + "\n"


def _two_lines(text: str, room: int) -> list[str]:
    """Return text on at most two lines, with an ellipsis where there is more of it."""
    first, *rest = wrapped(text, room) or [""]
    if len(rest) < 2:
        return [first, *rest]
    return [first, wrapped(rest[0], room - 2)[0].rstrip(",;: ") + " …"]


def duty_text(
    standing: DutyStanding, checks: Sequence[CheckResult], metrics: Sequence[MetricResult], style: Style
) -> str:
    """Return one duty with its checks, metrics and needs."""
    duty = standing.duty
    lines = [
        style.paint("strong", f"{duty.number} {duty.title}: {WORDS[standing.state]}"),
        *wrapped(duty.question, style.width),
    ]
    lines += ["", *wrapped(f"{WORDS[standing.state].capitalize()}: {standing.reason}", style.width)]
    if checks:
        lines += ["", "checks"]
    for result in checks:
        examined = "" if result.examined is None else f", {result.examined:,} examined"
        detail = f": {result.detail}" if result.detail else ""
        lines.append(visible(f"  {result.result:<14} {result.rule.id} ({result.rule.weight}{examined}){detail}"))
    if metrics:
        lines += ["", "metrics"]
    for metric in metrics:
        value = "no data" if metric.value is None else f"{shown(metric.value)} {metric.rule.unit}"
        lines.append(visible(f"  {metric.rule.id}: {value}" + (f" (n = {metric.n:,})" if metric.n is not None else "")))
    if standing.missing:
        lines += ["", "what would make more of it known"]
    for need in standing.missing:
        lines.append(f"  {need.title}, {need.minutes} min" + (f": {need.command}" if need.command else ""))
    return "\n".join(lines) + "\n"
