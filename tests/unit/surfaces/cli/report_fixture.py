"""Invented scan reports: a rich one, an empty one, a clean one, a hostile one, a huge one.

Every figure is made up. Nothing here is read from anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from trueline.app.scan_report import Drawing, Gain, RepositoryFacts, ScanReport, ThingToKnow
from trueline.model.duty import Duty, DutyStanding, DutyState
from trueline.model.finding import Finding, Place, finding_id
from trueline.model.practice import Chart
from trueline.model.rule import (
    Check,
    CheckResult,
    Metric,
    MetricResult,
    MetricRow,
    Result,
    Severity,
    UnknownReason,
    Violation,
)
from trueline.model.run import Moment

REPOSITORY = "harbour-tolls"
TODAY = date(2026, 11, 20)
MOMENT = Moment.end_of(TODAY, datetime(2026, 11, 20, 7, 15, tzinfo=UTC))
HOSTILE = "<script>alert(1)</script>\x1b[31mred\u202egnp.exe\nnext\t=cmd|'/c calc'!A0 \udc80"

WEEKS_SPEC: dict[str, Any] = {
    "title": "Landed changes per week",
    "description": "One bar for each week; the dashed line is the median.",
    "data": {"name": "metric"},
    "height": 150,
    "layer": [
        {
            "mark": {"type": "bar", "width": {"band": 0.82}},
            "encoding": {
                "x": {
                    "field": "period",
                    "type": "temporal",
                    "timeUnit": "yearweek",
                    "axis": {"title": None, "format": "%b %Y", "tickCount": 6},
                },
                "y": {"field": "value", "type": "quantitative", "axis": {"title": None}},
            },
        },
        {"mark": "rule", "encoding": {"y": {"aggregate": "median", "field": "value", "type": "quantitative"}}},
        {
            "transform": [
                {"aggregate": [{"op": "median", "field": "value", "as": "median"}]},
                {"calculate": "'median ' + datum.median", "as": "label"},
            ],
            "mark": {"type": "text", "align": "left", "dx": 6},
            "encoding": {
                "x": {"value": "width"},
                "y": {"field": "median", "type": "quantitative"},
                "text": {"field": "label"},
            },
        },
    ],
}

AREAS_SPEC: dict[str, Any] = {
    "title": "How much of each area is with one person",
    "description": "One bar for each area: the share of what is known about it that its first person holds.",
    "data": {"name": "metric"},
    "height": {"step": 26},
    "transform": [
        {
            "calculate": "round(datum.value * 100) + ' %' + (datum.people == 1 ? ' · one person' : ' · ' + datum.people + ' people')",
            "as": "label",
        }
    ],
    "encoding": {"y": {"field": "subject", "type": "nominal", "sort": "-x", "axis": {"title": None}}},
    "layer": [
        {
            "mark": {"type": "bar", "height": {"band": 0.66}},
            "encoding": {
                "x": {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1.6]}},
                "color": {"condition": {"test": "datum.people == 1", "value": "#b3402a"}, "value": "#74899e"},
            },
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 8},
            "encoding": {"x": {"field": "value", "type": "quantitative"}, "text": {"field": "label"}},
        },
    ],
}


def metric(name: str, title: str, unit: str, practice: str = "delivery") -> Metric:
    return Metric(
        practice=practice,
        name=name,
        title=title,
        why="So that nobody has to guess.",
        duties=("flow",),
        sql="select 1",
        path=f"practices/{practice}/metrics/{name}.sql",
        unit=unit,
    )


def check(name: str, practice: str, severity: Severity = "medium") -> Check:
    return Check(
        practice=practice,
        name=name,
        title=name.replace("_", " ").capitalize(),
        why="So that nobody has to guess.",
        duties=("ownership",),
        sql="select 1",
        path=f"practices/{practice}/checks/{name}.sql",
        severity=severity,
    )


def check_result(
    rule: Check, result: Result, examined: int | None = None, reason: UnknownReason | None = None, rows: int = 0
) -> CheckResult:
    violations = tuple(Violation(rule.id, f"s{number}", "is wrong") for number in range(rows))
    return CheckResult(rule, result, examined, reason=reason, violations=violations)


def weeks(count: int = 104) -> MetricResult:
    first = date(2026, 11, 16) - timedelta(weeks=count - 1)
    rows = tuple(
        MetricRow(first + timedelta(weeks=week), None, 12 + (week * 7919 % 23) + (week % 13), 1, 1.0)
        for week in range(count)
    )
    return MetricResult(
        metric("landed_changes_per_week", "Landed changes per week", "changes in the last full week"),
        value=26,
        n=2481,
        columns={"style": "squash, inferred from 2,390 of 2,481 subjects"},
        series=rows,
    )


AREAS = (
    ("ledger/", 0.84, 1, 640),
    ("tariffs/", 0.91, 1, 224),
    ("berths/", 0.35, 4, 368),
    ("web/", 0.44, 3, 416),
    ("infra/", 0.97, 1, 120),
    ("docs/", 0.22, 5, 144),
    ("services/notifications/templates/email/", 0.60, 2, 96),
    ("auth/", 0.58, 2, 136),
)


def areas() -> MetricResult:
    rows = tuple(MetricRow(TODAY, name, share, n, 0.98, {"people": people}) for name, share, people, n in AREAS)
    rule = metric(
        "share_of_first_person", "How much of each area is with one person", "areas depend on one person", "people"
    )
    columns = {"algorithm": "degree of authorship", "window": "whole history"}
    return MetricResult(rule, value=3, n=8, columns=columns, series=rows)


def unread() -> MetricResult:
    rule = metric("time_to_restore", "Time to restore service", "hours", "operations")
    return MetricResult(rule, reason="no_evidence", detail="no incidents were collected")


def thing(
    name: str, figure: str, sentence: str, details: tuple[str, ...], rows: list[dict[str, Any]], total: int
) -> ThingToKnow:
    return ThingToKnow(
        id=f"delivery.{name}",
        title=name.replace("_", " "),
        figure=figure,
        sentence=sentence,
        details=details,
        value=total,
        n=1186,
        rule=f"delivery.{name}",
        rows=tuple(rows),
        rows_total=total,
        how=f"trueline metric show {name}",
    )


THINGS = (
    thing(
        "unreleased_changes",
        "118",
        "118 finished changes have reached nobody",
        ("the last release, v8.14.0, is 63 days old; the usual gap is 9 days (38 releases)", "11 of them fix defects"),
        [
            {
                "change": 4131 - i,
                "landed_on": date(2026, 11, 18) - timedelta(days=i),
                "subject": s,
                "fixes_a_defect": i % 3 == 0,
            }
            for i, s in enumerate(
                (
                    "Round tolls half to even",
                    "Refuse a berth twice held",
                    "Show the tariff's version",
                    "Retry the gate signal",
                )
            )
        ],
        118,
    ),
    thing(
        "area_depends_on_one_person",
        "84 %",
        "84 % of what is known about ledger/ is with one person",
        ("64 changes there in 90 days", "CODEOWNERS says @harbour/core, which made 4 of the last 100"),
        [{"area": name, "share_of_first": share, "people": people} for name, share, people, _ in AREAS[:5]],
        5,
    ),
    thing(
        "document_behind_code",
        "6",
        "6 documents describe code that has moved on",
        ("docs/api/webhooks.md names 4 paths that no longer exist; its code changed 41 times since",),
        [{"document": "docs/api/webhooks.md", "paths_gone": 4, "code_changes_since": 41}],
        6,
    ),
    thing(
        "codeowners_line_unused",
        "3 of 41",
        "3 of 41 CODEOWNERS lines match no file",
        ("line 14 names /gateways/, renamed in March",),
        [{"line": 14, "pattern": "/gateways/", "owners": ["@harbour/platform", "@harbour/core"]}],
        3,
    ),
    thing(
        "revert_after_release",
        "34 %",
        "34 % of releases are followed by a revert or a fix within 3 days",
        ("13 of 38, 90 % interval 22 to 48 %: too few to call a trend",),
        [{"release": "v8.13.2", "released_on": date(2026, 8, 29), "hours_to_fix": 31.5}],
        13,
    ),
)


def finding(
    rule: str,
    subject: str,
    message: str,
    severity: Severity,
    owner: str | None,
    places: list[tuple[str, int | None]],
    rows: int = 0,
) -> Finding:
    return Finding(
        id=finding_id(rule, REPOSITORY, subject),
        rule=rule,
        repository=REPOSITORY,
        subject=subject,
        message=message,
        severity=severity,
        places=tuple(Place(path, line) for path, line in places),
        likely_owner=owner,
        fix=f"Mend {subject}.",
        violations=rows or max(len(places), 1),
    )


DOCS = "role:documentation-owner"
FINDINGS = (
    finding("people.codeowners_team_missing", "CODEOWNERS line 14", "names @harbour/gateways, a team that owns nothing else and made no change in a year", "high", "@harbour/platform", [("CODEOWNERS", 14), ("CODEOWNERS", 15), ("CODEOWNERS", 31)]),
    finding("people.area_depends_on_one_person", "infra/", "is known to one person at 97 %; it changed 9 days ago", "high", "@harbour/platform", [("infra/", None)]),
    finding("conformance.reference_broken", "docs/guides/", "was renamed to docs/how-to/ and 9 links still say guides", "medium", DOCS, [(f"docs/tutorial/step-{i}.md", 12 + i) for i in range(9)]),
    finding("conformance.document_behind_code", "docs/api/webhooks.md", "names 4 paths that no longer exist; its code changed 41 times since it did", "medium", DOCS, [("docs/api/webhooks.md", 8)]),
    finding("conformance.document_behind_code", "docs/operations/restore.md", "names scripts/restore.sh, removed in June", "medium", DOCS, [("docs/operations/restore.md", 33)]),
    finding("conformance.security_policy_missing", "repository", "has no SECURITY.md: a reporter finds no address", "medium", "role:head-of-engineering", []),
    finding("delivery.release_overdue", "v8.14.0", "was the last release, 63 days ago; the usual gap is 9 days", "low", "role:head-of-engineering", []),
    finding("delivery.impossible_date", "commits dated 1970", "cannot be placed in time and enter no figure", "low", None, [], 3),
    finding("people.path_without_owner", "tools/", "is matched by no CODEOWNERS line", "low", None, [(f"tools/{n}.py", None) for n in ("berth", "dredge", "ebb", "flood", "keel", "mole", "quay")]),
)  # fmt: skip

GROUPS: dict[str, tuple[tuple[str, str, DutyState, int, int, str], ...]] = {
    "Direction and delivery": (
        ("direction", "Direction", "unknown", 0, 0, "no objectives are recorded"),
        ("lifecycle", "Life cycle", "unknown", 0, 0, "no initiatives are recorded"),
        ("scope", "Scope", "unknown", 0, 0, "no work items are connected"),
        ("flow", "Flow", "met", 3, 3, "312 landed changes in 90 days were examined"),
        ("indicators", "Indicators", "unknown", 2, 5, "deployments and incidents are not connected"),
        ("coordination", "Coordination", "unknown", 0, 0, "no agreements are recorded"),
        ("success", "Success", "unknown", 1, 5, "4 of 5 trends have no evidence"),
        (
            "delivery_platform",
            "Delivery platform",
            "declared",
            2,
            2,
            "4 pipelines are described, none was seen running",
        ),
    ),
    "Canonical truth": (
        (
            "canonical_authority",
            "Canonical authority",
            "not_met",
            1,
            3,
            "41 of 206 requirements have no document that prevails",
        ),
        ("no_silent_redefinition", "No silent redefinition", "unknown", 0, 1, "no document is declared canonical"),
        ("deviations", "Deviations", "met", 2, 2, "none is open"),
        ("escalation", "Escalation", "unknown", 0, 0, "no questions are recorded"),
        ("document_lifecycle", "Document life cycle", "not_met", 7, 9, "17 of 88 documents are out of step"),
        ("spec_participation", "Part in spec reviews", "unknown", 0, 0, "reviews are not connected"),
        ("limits_of_authority", "Limits of authority", "unknown", 0, 0, "no policies are recorded"),
        ("standards", "Standards", "not_met", 4, 5, "no security policy"),
    ),
    "Architecture": (
        ("architecture", "Architecture", "unknown", 0, 0, "no guardrails are recorded"),
        (
            "decisions",
            "Decisions",
            "declared",
            1,
            1,
            "14 decision records exist, nothing yet shows that they are followed",
        ),
        ("innovation", "Innovation", "unknown", 0, 0, "no experiments are recorded"),
        ("stack", "Stack", "unknown", 0, 0, "no component list is connected"),
        (
            "intellectual_property",
            "Intellectual property",
            "declared",
            1,
            1,
            "a licence file exists, components are not connected",
        ),
    ),
    "Operations": (
        ("on_call", "On call", "unknown", 0, 0, "no rotation is connected"),
        ("incidents", "Incidents", "unknown", 0, 0, "no incidents are connected"),
        ("disaster_recovery", "Disaster recovery", "unknown", 0, 0, "no recovery objectives are recorded"),
        ("readiness", "Readiness", "unknown", 0, 0, "no services are recorded"),
        ("reliability", "Reliability", "unknown", 0, 0, "no objectives are recorded"),
        ("operations_support", "Support of operations", "unknown", 0, 0, "no work items are connected"),
    ),
    "People": (
        ("ownership", "Ownership", "not_met", 1, 4, "5 of 23 areas depend on one person"),
        ("team_health", "Team health", "unknown", 0, 0, "no teams are recorded"),
        ("judgement", "Judgement", "unknown", 0, 0, "reviews are not connected"),
        ("hiring", "Hiring", "unknown", 0, 0, "no headcount plan is recorded"),
        ("performance", "Performance", "unknown", 0, 0, "no review cycles are recorded"),
        ("role_profiles", "Role profiles", "unknown", 0, 0, "no roles are recorded"),
        ("reporting_lines", "Reporting lines", "unknown", 0, 0, "no teams are recorded"),
    ),
    "Money and risk": (
        ("budget", "Budget", "unknown", 0, 0, "no costs are connected"),
        ("vendors", "Vendors", "unknown", 0, 0, "no contracts are recorded"),
        ("technical_risk", "Technical risk", "declared", 1, 1, "7 risks are recorded, none has evidence"),
        ("compliance", "Compliance", "unknown", 0, 0, "no controls are recorded"),
    ),
    "Outside": (
        ("executive_brief", "Executive brief", "unknown", 0, 0, "no targets are recorded"),
        ("communication", "Communication", "unknown", 0, 0, "no announcements are recorded"),
        ("due_diligence", "Due diligence", "met", 1, 1, "all that can be computed was"),
        ("outreach", "Outreach", "unknown", 0, 0, "no engagements are recorded"),
    ),
}


def duties() -> tuple[DutyStanding, ...]:
    rows = [(group, *row) for group, members in GROUPS.items() for row in members]
    return tuple(
        DutyStanding(
            Duty(f"D{number:02}", name, group, title, f"Is {title.lower()} as it should be?"),
            state,
            reason,
            checks,
            held,
            required=checks,
        )
        for number, (group, name, title, state, held, checks, reason) in enumerate(rows, 1)
    )


GAINS = (
    Gain("services and who owns them: three short files", 20, ("ownership", "readiness", "architecture", "reliability", "lifecycle"), "trueline init"),
    Gain("deployments, as a file that your pipeline writes", 15, ("indicators", "delivery_platform"), "trueline collect --feed deployments FILE"),
    Gain("an export of incidents", 10, ("incidents", "on_call", "technical_risk"), None),
    Gain("reviews", 5, ("judgement",), None),
)  # fmt: skip

CHECKS = (
    *(check_result(check(f"holds_{i}", "conformance"), "holds", 10 + i) for i in range(6)),
    *(check_result(check(f.rule.partition(".")[2], f.rule.partition(".")[0], f.severity), "violated", 40, None, f.violations) for f in FINDINGS),
    *(check_result(check(f"waits_{i}", "operations"), "unknown", 0, "nothing_examined") for i in range(2)),
)  # fmt: skip

RICH = ScanReport(
    moment=MOMENT,
    repository=RepositoryFacts(
        name=REPOSITORY,
        branch="main",
        head_commit_id="9f3c2e1d5b7a9f3c2e1d5b7a9f3c2e1d5b7a9f3c",
        fetched_at=datetime(2026, 11, 20, 7, 12, 30, tzinfo=UTC),
        commits=14212,
        first_commit_on=date(2017, 3, 2),
        newest_commit_on=date(2026, 11, 19),
        people=41,
        bots=3,
        files=2210,
        documents=88,
    ),
    headline="118 finished changes have reached nobody, and 84 % of what is known about ledger/ is with one person.",
    things=THINGS,
    findings=FINDINGS,
    checks=CHECKS,
    metrics=(weeks(), areas(), unread()),
    drawings=(
        Drawing(Chart("delivery", "weeks", "landed_changes_per_week", WEEKS_SPEC), weeks()),
        Drawing(Chart("people", "areas", "share_of_first_person", AREAS_SPEC), areas()),
    ),
    duties=duties(),
    gains=GAINS,
    cannot_be_known=("whether a restore works", "what it costs to run", "what customers felt"),
    not_used=(
        "214 commits by bots: they enter no figure about people",
        "3 commits dated 1970: impossible, see trueline doctor",
    ),
)

EMPTY = ScanReport(
    moment=MOMENT,
    repository=RepositoryFacts(
        "new-thing", "main", None, None, 0, None, None, 0, 0, 0, 0, ("The repository has no commit yet.",)
    ),
    headline="There is no commit yet, so nothing can be said about this repository.",
    things=(),
    findings=(),
    checks=tuple(check_result(check(f"waits_{i}", "people"), "unknown", 0, "nothing_examined") for i in range(10)),
    metrics=(unread(),),
    drawings=(Drawing(Chart("delivery", "restore", "time_to_restore", WEEKS_SPEC), unread()),),
    duties=tuple(replace(d, state="unknown", checks=0, checks_held=0, reason="nothing was examined") for d in duties()),
    gains=GAINS[:1],
    cannot_be_known=RICH.cannot_be_known,
    not_used=(),
)

CLEAN = replace(
    RICH,
    headline="Nothing here is out of the ordinary.",
    things=THINGS[:1],
    findings=(),
    checks=CHECKS[:6],
    repository=replace(
        RICH.repository, commits=1, people=1, bots=0, notes=("The history is cut off: this is a shallow clone.",)
    ),
)


def hostile() -> ScanReport:
    """Return a report in which every text that a stranger can write is an attack, and long."""
    long = HOSTILE + "/" + "very-long-name" * 40
    row = MetricRow(TODAY, HOSTILE, 0.9, 3, 1.0, {"people": 1})
    chart = Drawing(
        Chart("people", HOSTILE, "share_of_first_person", AREAS_SPEC), replace(areas(), series=(row, *areas().series))
    )
    wicked = finding("people.path_without_owner", long, HOSTILE, "critical", HOSTILE, [(long, 3)])
    return replace(
        RICH,
        repository=replace(RICH.repository, name=long, branch=HOSTILE, notes=(HOSTILE,)),
        headline=long,
        things=(
            replace(
                THINGS[0],
                figure=HOSTILE,
                sentence=long,
                details=(long,),
                rows=({HOSTILE: long},),
                rows_total=1,
                how=HOSTILE,
            ),
        ),
        findings=(wicked, *FINDINGS),
        drawings=(chart,),
        duties=(replace(duties()[0], reason=long), *duties()[1:]),
        gains=(Gain(HOSTILE, 1, (HOSTILE,), HOSTILE),),
        not_used=(HOSTILE,),
        cannot_be_known=(HOSTILE,),
    )


def huge(findings: int = 300) -> ScanReport:
    """Return a report with many findings, each in many places, under long names."""
    many = tuple(
        finding(
            f"conformance.rule_{number % 40}",
            f"docs/{'deeply/nested/' * 6}chapter-{number:03}.md",
            "says something at length that is not so any more & <has> to be read with care " * 3,
            ("critical", "high", "medium", "low")[number % 4],
            f"@harbour/team-{number % 17}",
            [(f"docs/{'deeply/nested/' * 6}chapter-{number:03}.md", line) for line in range(1, 41)],
        )
        for number in range(findings)
    )
    rows = [{f"column_{c}": f"{'<&>' * 60}{r}" for c in range(14)} for r in range(20)]
    return replace(
        RICH,
        findings=many,
        things=tuple(replace(t, rows=tuple(rows), rows_total=4000) for t in THINGS),
        drawings=(
            *RICH.drawings,
            Drawing(Chart("delivery", "long", "landed_changes_per_week", WEEKS_SPEC), weeks(900)),
        ),
    )
