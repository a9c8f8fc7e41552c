"""Turn a scan into the JSON object that programs read; the same figures as the page and the text.

Values stay exact: decimals are text, dates ISO, instants end in Z. Serialising is the caller's business.
"""

from __future__ import annotations

from typing import Any

from trueline.app.scan_report import Gain, RepositoryFacts, ScanReport, ThingToKnow
from trueline.model.duty import DutyStanding
from trueline.model.finding import Finding
from trueline.model.rule import CheckResult, MetricResult

from ..plain_values import plain
from . import wording


def scan_payload(report: ScanReport) -> dict[str, Any]:
    """Return the flat object of `trueline scan --format json`, schema 1."""
    return {
        "schema": 1,
        "command": "scan",
        "ok": True,
        "as_of": plain(report.moment.as_of),
        "known_at": plain(report.moment.known_at),
        "repository": report.repository.name,
        "facts": _facts(report.repository),
        "headline": report.headline,
        "verdict": wording.verdict(report),
        "things": [_thing(thing) for thing in report.things],
        "duties": [duty_payload(standing) for standing in report.duties],
        "findings": [finding_payload(finding) for finding in report.findings],
        "metrics": [metric_payload(metric) for metric in report.metrics],
        "checks": [check_payload(check) for check in report.checks],
        "gains": [_gain(gain) for gain in report.gains],
        "cannot_be_known": list(report.cannot_be_known),
        "not_used": list(report.not_used),
    }


def _facts(facts: RepositoryFacts) -> dict[str, Any]:
    return {
        "branch": facts.branch,
        "head": facts.head_commit_id,
        "fetched_at": plain(facts.fetched_at),
        "commits": facts.commits,
        "first_commit_on": plain(facts.first_commit_on),
        "newest_commit_on": plain(facts.newest_commit_on),
        "people": facts.people,
        "bots": facts.bots,
        "files": facts.files,
        "documents": facts.documents,
        "records": facts.records,
        "feeds": facts.feeds,
        "notes": list(facts.notes),
    }


def _thing(thing: ThingToKnow) -> dict[str, Any]:
    return {
        "id": thing.id,
        "title": thing.title,
        "figure": thing.figure,
        "sentence": thing.sentence,
        "details": list(thing.details),
        "value": plain(thing.value),
        "n": thing.n,
        "rule": thing.rule,
        "rows": plain(thing.rows),
        "rows_total": thing.rows_total,
        "how": thing.how,
    }


def duty_payload(standing: DutyStanding) -> dict[str, Any]:
    return {
        "id": standing.duty.id,
        "number": standing.duty.number,
        "group": standing.duty.group,
        "title": standing.duty.title,
        "state": standing.state,
        "checks_held": standing.checks_held,
        "checks": standing.checks,
        "checks_unknown": standing.checks_unknown,
        "metrics": standing.metrics,
        "reason": standing.reason,
    }


def finding_payload(finding: Finding) -> dict[str, Any]:
    first = finding.places[0] if finding.places else None
    return {
        "id": finding.id,
        "rule": finding.rule,
        "repository": finding.repository,
        "subject": finding.subject,
        "message": finding.message,
        "severity": finding.severity,
        "likely_owner": finding.likely_owner,
        "owner": finding.owner,
        "due": plain(finding.due),
        "path": first.path if first else None,
        "line": first.line if first else None,
        "places": [{"path": place.path, "line": place.line} for place in finding.places],
        "violations": finding.violations,
        "fix": finding.fix,
        "opened_on": plain(finding.opened_on),
    }


def metric_payload(metric: MetricResult) -> dict[str, Any]:
    return {
        "id": metric.rule.id,
        "title": metric.rule.title,
        "value": plain(metric.value),
        "n": metric.n,
        "unit": metric.rule.unit,
        "reason": metric.reason,
        "columns": plain(metric.columns),
        "series": [
            {
                "period": plain(row.period),
                "subject": row.subject,
                "value": plain(row.value),
                "n": row.n,
                "coverage": plain(row.coverage),
            }
            for row in metric.series
        ],
    }


def check_payload(check: CheckResult) -> dict[str, Any]:
    return {
        "id": check.rule.id,
        "result": check.result,
        "reason": check.reason,
        "examined": check.examined,
        "violations": len(check.violations),
    }


def _gain(gain: Gain) -> dict[str, Any]:
    return {"needs": gain.needs, "minutes": gain.minutes, "duties": list(gain.duties), "command": gain.command}
