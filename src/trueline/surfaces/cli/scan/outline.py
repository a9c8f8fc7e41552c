"""Decide what the page shows of a scan: order, groups, and where a long tail is folded.

Pure: a report and limits in, plain values for the template out. Nothing is dropped without
a word: every fold says how many are left and which command lists them. No markup here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from trueline.app.scan_report import Drawing, Gain, ScanReport, ThingToKnow
from trueline.model.duty import DutyStanding
from trueline.model.finding import Finding
from trueline.model.rule import MetricResult

from ..escape import clip, clip_middle
from . import wording


@dataclass(frozen=True)
class Limits:
    """How much of each list the page shows, so that it stays small whatever the repository."""

    findings: int = 40
    places: int = 12
    rows: int = 20
    points: int = 60
    columns: int = 8
    cell: int = 120
    line: int = 400


LADDER = (Limits(), Limits(25, 5, 10, 30, 6, 80, 240), Limits(12, 3, 5, 12, 5, 48, 160), Limits(5, 1, 2, 4, 4, 24, 80))
"""Ever tighter limits, for reports whose page would be too large."""


@dataclass(frozen=True)
class Cells:
    """A table as text: heads, rows, which columns are numbers, and what is not shown."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    rest: str


Drawer = Callable[[Drawing, str, str], tuple[str, ...]]
"""Return the drawings of a chart for wide and narrow screens; none where it has no rows."""


def outline(report: ScanReport, limits: Limits, draw: Drawer, *, version: str) -> dict[str, Any]:
    """Return everything that the template names."""
    shown = wording.by_severity(report.findings)[: limits.findings]
    left = len(report.findings) - len(shown)
    now, later = wording.bringable(report.gains)
    return {
        "report": report,
        "facts": report.repository,
        "name": clip(report.repository.name, 80),
        "branch": clip(wording.branch_at(report.repository), 80),
        "notes": [clip(note, limits.line) for note in report.repository.notes],
        "version": version,
        "headline": clip(report.headline, 240),
        "things_title": _things_title(len(report.things)),
        "things": [_thing(thing, limits) for thing in report.things],
        **drawings_shown(report.drawings, limits, draw),
        "figures": [metric_shown(metric) for metric in report.metrics],
        "owners": owners_shown(shown, report.findings, limits),
        "findings_left": left,
        "nobody_owes": not any(finding.owner or finding.due for finding in report.findings),
        "gains": [_gain(gain, report.duties, limits) for gain in now],
        "not_yet": wording.not_yet(later) if later else "",
        "partly": wording.partly(report.duties),
        "groups": _groups(report.duties),
        "duty_states": wording.duty_states(report.duties),
        "not_used": [clip(line, limits.line) for line in report.not_used[: limits.rows]],
        "not_used_left": max(len(report.not_used) - limits.rows, 0),
        "limits": limits,
        "again": f"trueline scan --as-of {report.moment.as_of.isoformat()}",
    }


def table(rows: Sequence[Mapping[str, Any]], total: int, limits: Limits) -> Cells | None:
    """Return rows as a table of text, cut to the limits; None where there are none."""
    if not rows:
        return None
    names = list(dict.fromkeys(name for row in rows for name in row))
    shown, kept = rows[: limits.rows], names[: limits.columns]
    # The first column names the row: it stays on the left even where it is a number.
    numeric = tuple(place > 0 and all(_is_number(row.get(name)) for row in shown) for place, name in enumerate(kept))
    return Cells(
        heads=tuple(clip(wording.column(name), 40) for name in kept),
        rows=tuple(tuple(_cell(row.get(name), limits.cell) for name in kept) for row in shown),
        numeric=numeric,
        rest=_rest(len(shown), total, len(names) - len(kept)),
    )


def slug(text: str) -> str:
    """Return text as a part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "x"


def _things_title(count: int) -> str:
    return f"{wording.spelled(count)} {'thing' if count == 1 else 'things'} to know" if count else "Things to know"


def _thing(thing: ThingToKnow, limits: Limits) -> dict[str, Any]:
    figure = clip(thing.figure, 24)
    return {
        "figure": figure,
        "size": "long" if len(figure) > 12 else "medium" if len(figure) > 7 else "short",
        "sentence": clip(_after(thing.figure, thing.sentence), limits.line),
        "details": [clip(detail, limits.line) for detail in thing.details],
        "table": table(thing.rows, thing.rows_total, limits),
        "rows_total": thing.rows_total,
        "n": thing.n,
        "rule": thing.rule,
        "how": clip(thing.how, limits.line),
    }


def _after(figure: str, sentence: str) -> str:
    """Return the sentence without the figure that it starts with: beside the large figure it would be read twice."""
    return sentence.removeprefix(f"{figure} ")


def drawings_shown(drawings: Sequence[Drawing], limits: Limits, draw: Drawer) -> dict[str, Any]:
    """Return the charts that have a value to draw, and apart from them those that have none."""
    shown = [_drawing(drawing, f"figure-{n}", limits, draw) for n, drawing in enumerate(drawings, 1)]
    return {
        "drawings": [drawing for drawing in shown if drawing["has_values"]],
        "undrawn": [drawing for drawing in shown if not drawing["has_values"]],
    }


def _drawing(drawing: Drawing, ident: str, limits: Limits, draw: Drawer) -> dict[str, Any]:
    metric = drawing.metric
    said = drawing.chart.spec.get("title")
    title = said if isinstance(said, str) else metric.rule.title
    has_values = any(row.value is not None for row in metric.series)
    return metric_rows(metric, limits) | {
        "caption": clip(title, limits.line),
        "svgs": draw(drawing, ident, clip(title, limits.line)) if has_values else (),
        "has_values": has_values,
    }


def metric_rows(metric: MetricResult, limits: Limits) -> dict[str, Any]:
    """Return a metric as one figure, with its newest rows first and how they are had again."""
    newest = [
        {"period": row.period, "subject": row.subject, "value": row.value, "n": row.n, "coverage": row.coverage}
        | dict(row.columns)
        for row in reversed(metric.series)
    ]
    rows = [{name: row.get(name) for name in _used(newest)} for row in newest]
    return metric_shown(metric) | {
        "table": table(rows, len(rows), _points(limits)),
        "rows_total": len(rows),
        "how": f"trueline metric show {metric.rule.name}",
        "method": [(wording.column(name), _cell(value, limits.line)) for name, value in metric.columns.items()],
        "detail": metric.detail,
    }


def metric_shown(metric: MetricResult) -> dict[str, Any]:
    """Return a metric as one figure."""
    figure, unit = wording.measured(metric.value, metric.rule.unit)
    rows = sum(row.value is not None for row in metric.series)
    return {
        "title": metric.rule.title,
        "figure": figure,
        "unit": f"no single value: {wording.plural(rows, 'row')}" if metric.reason == "no_single_value" else unit,
        "n": metric.n,
        "rule": metric.rule.id,
        "path": metric.rule.path,
    }


def _points(limits: Limits) -> Limits:
    return Limits(rows=limits.points, columns=limits.columns, cell=limits.cell)


def _used(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the columns that say something in any row."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [name for name in names if any(row.get(name) is not None for row in rows)]


def owners_shown(shown: Iterable[Finding], every: Sequence[Finding], limits: Limits) -> list[dict[str, Any]]:
    """Return the findings that are shown by owner, each owner with the count of all theirs.

    Where they are of several repositories, each says of which.
    """
    are_of_several = len({finding.repository for finding in every}) > 1
    groups: dict[str, list[Finding]] = {}
    for finding in shown:
        groups.setdefault(finding.owner or finding.likely_owner or "", []).append(finding)
    totals: dict[str, int] = {}
    for finding in every:
        owner = finding.owner or finding.likely_owner or ""
        totals[owner] = totals.get(owner, 0) + 1
    return [
        {
            "name": clip(wording.owner_name(owner), 80),
            "is_likely": not any(finding.owner for finding in findings),
            "total": totals[owner],
            "findings": [_finding(finding, limits, names_repository=are_of_several) for finding in findings],
        }
        for owner, findings in groups.items()
    ]


def _finding(finding: Finding, limits: Limits, *, names_repository: bool) -> dict[str, Any]:
    places = [
        clip_middle(place.path, limits.cell) + (f":{place.line}" if place.line else "")
        for place in finding.places[: limits.places]
    ]
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "glyph": wording.SEVERITY_GLYPH[finding.severity],
        "repository": clip_middle(finding.repository, limits.cell) if names_repository else "",
        "subject": clip_middle(finding.subject, limits.cell),
        "message": clip(finding.message, limits.line),
        "place": places[0] if places else "",
        "places": places[1:],
        "count": finding.violations,
        "places_left": max(finding.violations - len(places), 0) if places else 0,
        "due": finding.due,
        "fix": clip(finding.fix, limits.line),
    }


def _gain(gain: Gain, duties: Sequence[DutyStanding], limits: Limits) -> dict[str, Any]:
    titles = {standing.duty.id: standing.duty.title for standing in duties}
    names = [clip(titles.get(duty, duty), 60) for duty in gain.duties]
    command = clip(gain.command, limits.line) if gain.command else ""
    return {
        "needs": clip(gain.needs, limits.line),
        "minutes": gain.minutes,
        "count": len(names),
        "duties": names,
        "command": command,
    }


def _groups(duties: Sequence[DutyStanding]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for standing in duties:
        groups.setdefault(standing.duty.group, []).append(
            {
                "id": f"duty-{slug(standing.duty.id)}",
                "title": clip(standing.duty.title, 80),
                "state": standing.state,
                "word": wording.STATE_WORD[standing.state],
                "glyph": wording.STATE_GLYPH[standing.state],
                "reason": clip(standing.reason, 200),
                "held": wording.held(standing),
            }
        )
    return [{"title": title, "duties": members} for title, members in groups.items()]


def _rest(shown: int, total: int, columns_left: int) -> str:
    parts = []
    if total > shown:
        parts.append(f"{total - shown:,} more rows" if total - shown > 1 else "1 more row")
    if columns_left:
        parts.append(f"{columns_left:,} more columns" if columns_left > 1 else "1 more column")
    return " and ".join(parts)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _cell(value: Any, width: int) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)  # may be a line or a change number: no thousands apart
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%MZ}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return clip(", ".join(str(item) for item in value), width)
    return clip(wording.number(value), width)
