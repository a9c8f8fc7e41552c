"""One practice on one page: its duties, checks, metrics, drawings and findings; nothing here knows how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from trueline.model.duty import DutyStanding
from trueline.model.errors import UsageError
from trueline.model.finding import Finding
from trueline.model.practice import Practice
from trueline.model.rule import CheckResult, MetricResult
from trueline.model.run import Moment
from trueline.settings.suggestion import did_you_mean

from .definitions import Definitions
from .evaluating import evaluate
from .scan_report import Drawing
from .snapshots import take_snapshot
from .workspace import Workspace


@dataclass(frozen=True)
class PracticeReport:
    """What a practice says today."""

    practice: Practice
    is_built_in: bool
    """Only then may its own template run."""
    moment: Moment
    repository: str
    repositories: int
    fetched_on: date | None
    """The oldest fetch of them; None where none was fetched."""
    duties: tuple[DutyStanding, ...]
    checks: tuple[CheckResult, ...]
    metrics: tuple[MetricResult, ...]
    drawings: tuple[Drawing, ...]
    findings: tuple[Finding, ...]


def find_practice(name: str, definitions: Definitions) -> Practice:
    """Return the practice of that name. Raises UsageError."""
    for practice in definitions.practices:
        if practice.name == name:
            return practice
    known = [practice.name for practice in definitions.practices]
    raise UsageError(f"there is no practice {name}", fix=did_you_mean(name, known))


def show_practice(
    workspace: Workspace,
    definitions: Definitions,
    practice: Practice,
    *,
    as_of_at: datetime | None = None,
    known_at: datetime | None = None,
) -> PracticeReport:
    """Run all rules on what was collected, as a duty is answered by several practices, and return one practice's part."""
    taken = take_snapshot(workspace, definitions, as_of_at=as_of_at, known_at=known_at)
    try:
        evaluation = evaluate(taken, definitions, workspace)
        fetched = taken.snapshot.database.rows("select cast(min(fetched_at) as date) from repositories")[0][0]
    finally:
        taken.close()
    metrics = {result.rule.id: result for result in evaluation.metrics if result.rule.practice == practice.name}
    rules = {check.id for check in practice.checks}
    return PracticeReport(
        practice=practice,
        is_built_in=practice.name in definitions.built_in,
        moment=taken.moment,
        repository=workspace.name,
        repositories=len(workspace.targets),
        fetched_on=fetched,
        duties=tuple(standing for standing in evaluation.duties if standing.duty.id in practice.duties),
        checks=tuple(result for result in evaluation.checks if result.rule.id in rules),
        metrics=tuple(metrics.values()),
        drawings=tuple(Drawing(chart, metrics[chart.metric]) for chart in practice.charts),
        findings=tuple(finding for finding in evaluation.findings if finding.rule in rules),
    )
