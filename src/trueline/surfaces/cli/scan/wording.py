"""Say numbers, dates, states and verdicts in the same words on the page and in the terminal.

Pure text; no markup, no colour, no width.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from trueline.model.duty import DutyStanding, DutyState
from trueline.model.rule import SEVERITIES, CheckResult, MetricResult, Severity

from ..plural import plural as plural

if TYPE_CHECKING:
    from trueline.app.scan_report import Gain, RepositoryFacts, ScanReport
    from trueline.model.finding import Finding

STATES: tuple[DutyState, ...] = ("met", "not_met", "declared", "unknown")
STATE_WORD: dict[DutyState, str] = {"met": "met", "not_met": "not met", "declared": "declared", "unknown": "unknown"}
STATE_GLYPH: dict[DutyState, str] = {"met": "●", "not_met": "▲", "declared": "◐", "unknown": "○"}
SEVERITY_GLYPH: dict[Severity, str] = {"critical": "◆", "high": "■", "medium": "◧", "low": "□"}

NOTHING_TO_SAY = "Nothing was examined, so there is nothing to say yet."
_SHARE = re.compile(r"^share\b[ ,;]*")
PROMISE = "Nothing was sent; this repository was not changed; nobody is named."

# Written out because strftime answers in the machine's language.
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SPELLED = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def number(value: Any) -> str:
    """Return a number for people: thousands apart, at most two decimals; a decimal such as money keeps both."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not math.isfinite(value):
        return str(value)
    if value == math.floor(value):
        return f"{int(value):,}"
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,.2f}".rstrip("0").rstrip(".")


def measured(value: Any, unit: str) -> tuple[str, str]:
    """Return a value as figure and unit: 0.84 of unit `share of releases` is `84 %` and `of releases`; none is a dash."""
    if value is None:
        return "–", "no data"
    if _SHARE.match(unit) and isinstance(value, int | float | Decimal):
        return f"{number(round(float(value) * 100))} %", _SHARE.sub("", unit)
    if unit in ("%", "percent", "per cent"):
        return f"{number(value)} %", ""
    return number(value), unit


def spelled(n: int) -> str:
    """Return a small number as a word that starts a sentence."""
    return _SPELLED[n] if n < len(_SPELLED) else f"{n:,}"


def day(on: date) -> str:
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def short_day(on: date) -> str:
    return f"{on.day} {_MONTHS[on.month - 1][:3]} {on.year}"


def instant(at: datetime) -> str:
    """Return an instant to the minute in UTC."""
    utc = at.astimezone(UTC)
    return f"{day(utc.date())} {utc:%H:%M} UTC"


def short_instant(at: datetime) -> str:
    """Return an instant to the minute, for narrow places: `20 Nov 2026 07:12Z`."""
    utc = at.astimezone(UTC)
    return f"{short_day(utc.date())} {utc:%H:%MZ}"


def column(name: str) -> str:
    """Return a column's name as the head of a table."""
    return name.replace("_", " ")


def owner_name(owner: str | None) -> str:
    """Return who probably has to act: a role in words, or a team as CODEOWNERS writes it."""
    if not owner:
        return "not known"
    return owner.removeprefix("role:").replace("-", " ") if owner.startswith("role:") else owner


def branch_at(facts: RepositoryFacts) -> str:
    """Return where the repository was read: `main at 9f3c2e1`."""
    short = facts.head_commit_id[:7] if facts.head_commit_id else None
    if facts.branch and short:
        return f"{facts.branch} at {short}"
    return f"detached at {short}" if short else f"{facts.branch}, no commit yet" if facts.branch else "no commit"


def read_from(facts: RepositoryFacts) -> str:
    """Return what was read: `git alone`, or `git, 12 records and 2 feeds`."""
    first = "files" if facts.branch is None and facts.head_commit_id is None else "git"
    more = [plural(facts.records, "record")] * bool(facts.records) + [plural(facts.feeds, "feed")] * bool(facts.feeds)
    if not more:
        return f"{first} alone"
    return ", ".join([first, *more[:-1]]) + f" and {more[-1]}"


def history(facts: RepositoryFacts) -> str:
    """Return how much history there is: `14,212 commits since 2017`."""
    since = f" since {facts.first_commit_on.year}" if facts.first_commit_on else ""
    return plural(facts.commits, "commit") + since


def by_severity(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings, worst first, then those with most places."""
    return sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), -f.violations, f.rule, f.subject))


def severities(findings: Sequence[Finding]) -> str:
    """Return how many there are of each severity: `2 high, 3 medium`."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(f"{counts[severity]:,} {severity}" for severity in SEVERITIES if counts[severity])


def found(findings: Sequence[Finding]) -> str:
    """Return how much was found: a finding is one cause, and may be seen in many places."""
    places = sum(finding.violations for finding in findings)
    counted = plural(len(findings), "finding") if findings else "No findings"
    return f"{counted} in {plural(places, 'place')}" if places > len(findings) else counted


def held(standing: DutyStanding) -> str:
    """Return how many of the duty's checks hold; empty where none decides it."""
    if not standing.required:
        return ""
    return f"{standing.checks_held:,} of {standing.checks:,} {'holds' if standing.checks_held == 1 else 'hold'}"


def duty_states(duties: Sequence[DutyStanding]) -> list[tuple[DutyState, int]]:
    """Return how many duties stand in each state, every state included."""
    counts = Counter(standing.state for standing in duties)
    return [(state, counts[state]) for state in STATES]


@dataclass(frozen=True)
class Tally:
    """What became of the rules; the parts sum to `rules`."""

    rules: int
    examined: int
    nothing: int
    unknown: int
    not_applicable: int
    failed: int

    def __str__(self) -> str:
        parts = [f"{plural(self.rules, 'rule')} ran", f"{self.examined:,} examined something"]
        if self.nothing:
            parts.append(f"{self.nothing:,} had nothing to examine")
        if self.unknown:
            parts.append(f"{self.unknown:,} could not be answered")
        if self.not_applicable:
            parts.append(f"{self.not_applicable:,} {'does' if self.not_applicable == 1 else 'do'} not apply here")
        if self.failed:
            parts.append(f"{self.failed:,} failed")
        return ", ".join(parts)


def tally(report: ScanReport) -> Tally:
    """Count what became of every check and metric."""
    counts = Counter([*map(_fate_of_check, report.checks), *map(_fate_of_metric, report.metrics)])
    return Tally(
        rules=len(report.checks) + len(report.metrics),
        **{fate: counts[fate] for fate in ("examined", "nothing", "unknown", "not_applicable", "failed")},
    )


def verdict(report: ScanReport) -> str:
    """Return the last line: what was found, and of how much."""
    count = len(report.findings)
    blocks = ", it blocks nothing" if count == 1 else ", none blocks" if count else ""
    rules = tally(report)
    if not count and not rules.examined:
        return f"Nothing was examined, so nothing is known to hold: {rules}."
    return f"{found(report.findings)}{blocks}: {rules}."


def _fate_of_check(check: CheckResult) -> str:
    if check.result == "error":
        return "failed"
    if check.result == "not_applicable":
        return "not_applicable"
    if check.result == "unknown" and check.reason not in (None, "no_evidence", "nothing_examined"):
        return "unknown"
    return "examined" if check.examined or check.result == "violated" else "nothing"


def _fate_of_metric(metric: MetricResult) -> str:
    if metric.reason == "error":
        return "failed"
    if metric.value is not None or metric.series:
        return "examined"
    return "nothing" if metric.reason in (None, "no_evidence", "nothing_examined") else "unknown"


def partly(duties: Sequence[DutyStanding]) -> str:
    """Return how many unknown duties are answered in part, in brackets; nothing where none is."""
    count = sum(duty.state == "unknown" and bool(duty.checks_held or duty.metrics) for duty in duties)
    return f" ({count:,} of them answered in part)" if count else ""


def bringable(gains: Sequence[Gain]) -> tuple[list[Gain], list[Gain]]:
    """Split gains into those that a command brings today and those that this version cannot read yet."""
    return [gain for gain in gains if gain.command], [gain for gain in gains if not gain.command]


def not_yet(gains: Sequence[Gain]) -> str:
    """Return the sentence about evidence that this version cannot read yet, what most duties wait for first."""
    ordered = sorted(gains, key=lambda gain: (-len(gain.duties), gain.needs))
    named = [
        f"{gain.needs[0].lower()}{gain.needs[1:]} ({plural(len(gain.duties), 'duty', 'duties')})"
        for gain in ordered[:6]
    ]
    rest = f"; and {len(ordered) - 6:,} more sorts" if len(ordered) > 6 else ""
    return "this version cannot read yet: " + "; ".join(named) + rest
