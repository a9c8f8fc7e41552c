"""What a scan found, ready for any surface; nothing here knows how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trueline.model.duty import DutyStanding
from trueline.model.finding import Finding
from trueline.model.practice import Chart
from trueline.model.rule import CheckResult, MetricResult
from trueline.model.run import Moment


@dataclass(frozen=True)
class RepositoryFacts:
    """The repository in a few figures."""

    name: str
    branch: str | None
    head_commit_id: str | None
    fetched_at: datetime | None
    """None for a plain directory."""
    commits: int
    first_commit_on: date | None
    newest_commit_on: date | None
    people: int
    """Distinct persons among the authors, bots left out."""
    bots: int
    files: int
    documents: int
    notes: tuple[str, ...] = ()
    """Whatever limits the view: a shallow clone, missing objects, uncommitted changes."""
    records: int = 0
    """Files that are records, in all repositories."""
    feeds: int = 0
    """Feeds that were collected."""


@dataclass(frozen=True)
class ThingToKnow:
    """One of the up to five things, with its sentence filled in."""

    id: str
    title: str
    figure: str
    sentence: str
    details: tuple[str, ...]
    value: Any
    n: int | None
    rule: str
    rows: tuple[Mapping[str, Any], ...]
    """The rows behind it, at most twenty."""
    rows_total: int
    how: str
    """The command that shows them all."""


@dataclass(frozen=True)
class Drawing:
    """A chart of a practice with the metric that fills it."""

    chart: Chart
    metric: MetricResult


@dataclass(frozen=True)
class Gain:
    """What a little of the user's time would make known."""

    needs: str
    minutes: int
    duties: tuple[str, ...]
    command: str | None = None
    """None where no command exists yet: then what to connect is said in words."""


@dataclass(frozen=True)
class ScanReport:
    """The whole of a scan."""

    moment: Moment
    repository: RepositoryFacts
    headline: str
    """The one sentence that matters most."""
    things: tuple[ThingToKnow, ...]
    findings: tuple[Finding, ...]
    checks: tuple[CheckResult, ...]
    metrics: tuple[MetricResult, ...]
    drawings: tuple[Drawing, ...]
    duties: tuple[DutyStanding, ...]
    gains: tuple[Gain, ...]
    cannot_be_known: tuple[str, ...]
    """What git can never tell, in words."""
    not_used: tuple[str, ...]
    """Rows left out of figures, each with its reason."""
