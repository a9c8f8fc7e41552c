"""Decide what the page of a practice shows, and in which order: what does not hold comes first.

Pure: a report and limits in, plain values for the template out. The parts that a scan shows too are the scan's.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from trueline.app.practice_page import PracticeReport
from trueline.model.rule import CheckResult, MetricResult, Result

from ..escape import clip
from ..scan import wording
from ..scan.outline import Drawer, Limits, drawings_shown, metric_rows, owners_shown

ORDER: tuple[Result, ...] = ("error", "violated", "unknown", "holds", "not_applicable")
WORD: dict[Result, str] = {
    "error": "failed",
    "violated": "does not hold",
    "unknown": "unknown",
    "holds": "holds",
    "not_applicable": "does not apply",
}
GLYPH: dict[Result, str] = {"error": "✕", "violated": "▲", "unknown": "○", "holds": "●", "not_applicable": "–"}
LOOK: dict[Result, str] = {
    "error": "not_met",
    "violated": "not_met",
    "unknown": "unknown",
    "holds": "met",
    "not_applicable": "unknown",
}
REASON = {
    "no_evidence": "nothing was collected",
    "nothing_examined": "there was nothing to examine",
    "stale": "what was collected is too old",
    "no_permission": "it may not be seen",
    "incomplete": "what was collected is incomplete",
    "suppressed": "too few persons to say it without naming one",
}


def outline(report: PracticeReport, limits: Limits, draw: Drawer, *, version: str) -> dict[str, Any]:
    """Return everything that the template names."""
    shown = wording.by_severity(report.findings)[: limits.findings]
    drawn = {drawing.metric.rule.id for drawing in report.drawings}
    ordered = sorted(report.checks, key=lambda result: ORDER.index(result.result))
    return {
        "report": report,
        "name": clip(report.repository, 80),
        "title": clip(report.practice.title, 80),
        "purpose": clip(report.practice.purpose, 400),
        "accountable": clip(wording.owner_name(report.practice.accountable), 80),
        "verdict": verdict(report),
        "version": version,
        "duties": [_duty(standing) for standing in report.duties],
        "answered": [check_shown(result, limits) for result in ordered if result.result != "not_applicable"],
        "idle": [check_shown(result, limits) for result in ordered if result.result == "not_applicable"],
        **drawings_shown(report.drawings, limits, draw),
        "figures": [
            _figure(metric, limits)
            for metric in sorted(report.metrics, key=lambda metric: metric.value is None and not metric.series)
            if metric.rule.id not in drawn
        ],
        "owners": owners_shown(shown, report.findings, limits),
        "findings_left": len(report.findings) - len(shown),
        "again": f"trueline practice show {report.practice.name} --format html --as-of {report.moment.as_of.isoformat()}",
    }


def verdict(report: PracticeReport) -> str:
    """Return the last line: what was found, and of how much."""
    counts = Counter(result.result for result in report.checks)
    parts = [f"{counts[result]} {_counted(result, counts[result])}" for result in ORDER if counts[result]]
    valued = sum(metric.value is not None or bool(metric.series) for metric in report.metrics)
    checks = f"{wording.plural(len(report.checks), 'check')}: {', '.join(parts)}" if parts else "No checks"
    metrics = f"; {valued} of {wording.plural(len(report.metrics), 'metric')} with a value" if report.metrics else ""
    return f"{wording.found(report.findings)}. {checks}{metrics}."


def check_shown(result: CheckResult, limits: Limits) -> dict[str, Any]:
    """Return one check: how it stands, of how many, and why."""
    return {
        "title": clip(result.rule.title, limits.line),
        "why": clip(result.rule.why, limits.line),
        "word": WORD[result.result],
        "glyph": GLYPH[result.result],
        "look": LOOK[result.result],
        "said": clip(said(result), limits.line),
        "weight": result.rule.weight,
        "rule": result.rule.id,
        "how": f"trueline rule run {result.rule.name}",
    }


def said(result: CheckResult) -> str:
    """Return what a check found, and among how many; or why it cannot say."""
    if result.result == "error":
        return result.detail
    if result.result == "not_applicable":
        return "there is nothing here that it is about"
    if result.result == "unknown":
        return (result.detail if result.reason == "no_evidence" else "") or REASON.get(result.reason or "", "")
    examined = "" if result.examined is None else f"{result.examined:,} examined"
    if result.result == "holds":
        return examined + (", by what records say" if result.is_declared else "")
    places = len(result.violations)
    return f"{wording.plural(places, 'violation')}, {examined}" if examined else wording.plural(places, "violation")


def _duty(standing: Any) -> dict[str, Any]:
    return {
        "title": clip(standing.duty.title, 80),
        "state": standing.state,
        "word": wording.STATE_WORD[standing.state],
        "glyph": wording.STATE_GLYPH[standing.state],
        "reason": clip(standing.reason, 200),
        "held": wording.held(standing),
    }


def _figure(metric: MetricResult, limits: Limits) -> dict[str, Any]:
    has_values = any(row.value is not None for row in metric.series)
    return metric_rows(metric, limits) | {
        "title": clip(metric.rule.title, limits.line),
        "why": clip(metric.rule.why, limits.line),
        "detail": "" if has_values else clip(metric.detail or "no value was found", limits.line),
    }


def _counted(result: Result, count: int) -> str:
    if count == 1:
        return WORD[result]
    return {"violated": "do not hold", "holds": "hold", "not_applicable": "do not apply"}.get(result, WORD[result])
