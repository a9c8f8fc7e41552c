"""A practice as text: duties, checks and metrics one line each, then its findings, then the verdict."""

from __future__ import annotations

from trueline.app.practice_page import PracticeReport
from trueline.model.rule import MetricResult

from ..duty_text import ROLES
from ..escape import visible, wrapped
from ..finding_text import findings_text
from ..scan import wording
from ..style import Style
from .outline import GLYPH, LOOK, ORDER, WORD, said, verdict


def practice_text(report: PracticeReport, style: Style) -> str:
    """Return the whole practice."""
    practice = report.practice
    accountable = f"Accountable: {wording.owner_name(practice.accountable)}."
    lines = [style.paint("strong", visible(practice.title)), *wrapped(f"{practice.purpose} {accountable}", style.width)]
    if report.duties:
        lines += ["", style.paint("strong", "DUTIES")]
    for standing in report.duties:
        head = f"{wording.STATE_GLYPH[standing.state]} {wording.STATE_WORD[standing.state]}"
        lines += _entry(head, standing.duty.title, standing.reason, ROLES[standing.state], style)
    if report.checks:
        lines += ["", style.paint("strong", "CHECKS")]
    idle = sum(result.result == "not_applicable" for result in report.checks)
    for result in sorted(report.checks, key=lambda one: ORDER.index(one.result)):
        if result.result == "not_applicable":
            continue
        head = f"{GLYPH[result.result]} {WORD[result.result]}"
        lines += _entry(head, result.rule.title, said(result), ROLES[LOOK[result.result]], style)
    if idle:
        lines.append(style.paint("soft", f"  {wording.plural(idle, 'check')} about what is not here"))
    if report.metrics:
        lines += ["", style.paint("strong", "METRICS")]
    for metric in report.metrics:
        figure, unit = wording.measured(metric.value, metric.rule.unit)
        lines += _entry(figure, metric.rule.title, _about(metric, unit), None, style)
    found = findings_text(wording.by_severity(report.findings), verdict(report), style)
    return "\n".join([*lines, "", found])


def _entry(head: str, title: str, about: str, role: str | None, style: Style) -> list[str]:
    painted = f"  {head:<18}" if role is None else style.paint(role, f"  {head:<18}")
    first, *rest = wrapped(f"{title}: {about}" if about else title, max(24, style.width - 20)) or [""]
    return [painted + first, *(" " * 20 + line for line in rest)]


def _about(metric: MetricResult, unit: str) -> str:
    if metric.reason == "no_single_value":
        return f"no single value; {wording.plural(len(metric.series), 'row')}"
    n = f", n = {metric.n:,}" if metric.n is not None else ""
    return f"{unit}{n}" if metric.value is not None else f"no data: {metric.detail or 'no value was found'}"
