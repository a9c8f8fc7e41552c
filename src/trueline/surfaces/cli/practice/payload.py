"""Turn a practice into the JSON object that programs read; the same figures as the page and the text."""

from __future__ import annotations

from typing import Any

from trueline.app.practice_page import PracticeReport

from ..scan.payload import check_payload, duty_payload, finding_payload, metric_payload
from .outline import said, verdict


def practice_payload(report: PracticeReport) -> dict[str, Any]:
    """Return what `trueline practice show --format json` prints beside its envelope."""
    practice = report.practice
    return {
        "repository": report.repository,
        "practice": practice.name,
        "title": practice.title,
        "purpose": practice.purpose,
        "accountable": practice.accountable,
        "verdict": verdict(report),
        "duties": [duty_payload(standing) for standing in report.duties],
        "checks": [check_payload(c) | {"title": c.rule.title, "detail": said(c)} for c in report.checks],
        "metrics": [metric_payload(metric) for metric in report.metrics],
        "findings": [finding_payload(finding) for finding in report.findings],
    }
