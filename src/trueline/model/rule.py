"""Rules: checks and metrics as their headers declare them, and what running one gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["critical", "high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")

Weight = Literal["required", "supports"]
RuleStatus = Literal["preview", "stable", "deprecated"]

Result = Literal["holds", "violated", "unknown", "not_applicable", "error"]
UnknownReason = Literal["no_evidence", "nothing_examined", "stale", "no_permission", "incomplete", "suppressed"]


@dataclass(frozen=True)
class Parameter:
    """A number or word of a rule that records may override under authority."""

    name: str
    type: Literal["integer", "decimal", "text", "boolean", "date"]
    default: Any
    why: str


@dataclass(frozen=True)
class Precision:
    """How often a rule that judges is right, measured by reading its findings."""

    right: int
    n: int


@dataclass(frozen=True)
class Rule:
    """What checks and metrics have in common."""

    practice: str
    name: str
    title: str
    why: str
    duties: tuple[str, ...]
    sql: str
    path: str
    """The SQL file, for people."""
    parameters: tuple[Parameter, ...] = ()
    status: RuleStatus = "stable"
    former_ids: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """Key of the header -> its line, for problems."""

    @property
    def id(self) -> str:
        return f"{self.practice}.{self.name}"


@dataclass(frozen=True)
class Check(Rule):
    """SQL that returns the rows that violate it."""

    examines: str = ""
    """SQL whose one number is how many it looked at, or whose columns `repository, subject` list them."""
    applies: str | None = None
    """SQL whose one boolean says whether the check makes sense here; null counts as no."""
    weight: Weight = "required"
    severity: Severity = "medium"
    owner: str | None = None
    """`role:<role>`; a selected column named `owner` prevails."""
    fix: str = ""
    group_by: str | None = None
    """A selected column; rows that agree in it are one finding."""
    exact: bool = False
    precision: Precision | None = None


@dataclass(frozen=True)
class Metric(Rule):
    """SQL that returns period, subject, value, n, coverage; null subject is the whole."""

    unit: str = ""
    direction: Literal["up", "down", "none"] = "none"
    grain: Literal["day", "week", "month", "quarter", "as_of"] = "as_of"
    target: str | None = None


@dataclass(frozen=True)
class Violation:
    """One row of a check."""

    rule: str
    subject: str
    message: str
    path: str | None = None
    line: int | None = None
    owner: str | None = None
    group: str | None = None
    fix: str = ""
    repository: str | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)
    """Every selected column, for those who want the row itself."""


@dataclass(frozen=True)
class CheckResult:
    """What one run of one check said."""

    rule: Check
    result: Result
    examined: int | None = None
    """None where it could not be counted."""
    examined_subjects: frozenset[tuple[str | None, str]] | None = None
    """Repository and subject, known where the rule's `examines` lists them; only these can be fixed."""
    reason: UnknownReason | None = None
    detail: str = ""
    """For people: which table was missing, which error was raised."""
    violations: tuple[Violation, ...] = ()
    is_declared: bool = False
    """True where every table it read is only what records say."""


@dataclass(frozen=True)
class MetricRow:
    """One row of a metric."""

    period: Any
    subject: str | None
    value: Any
    n: int | None
    coverage: float | None
    columns: Mapping[str, Any] = field(default_factory=dict)
    """Further selected columns, such as the algorithm and its window."""


@dataclass(frozen=True)
class MetricResult:
    """What one run of one metric said."""

    rule: Metric
    value: Any = None
    """The whole at the latest period; None is no data, never 0."""
    n: int | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)
    series: tuple[MetricRow, ...] = ()
    reason: UnknownReason | Literal["error", "no_single_value"] | None = None
    """`no_single_value` where only each subject has one, such as each of several repositories."""
    detail: str = ""


@dataclass(frozen=True)
class Thing:
    """A sentence worth knowing, declared by a practice as a query that returns no row or one.

    The query selects `value`, `n`, `surprise` and `certainty` (both 0 to 1) and whatever the
    templates name.
    """

    practice: str
    name: str
    title: str
    rule: str
    """Full id of the metric or check whose rows it speaks of."""
    figure: str
    """Template of the number set in large type."""
    sentence: str
    details: tuple[str, ...]
    sql: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """Key of the header -> its line, for problems."""

    @property
    def id(self) -> str:
        return f"{self.practice}.{self.name}"

    @property
    def templates(self) -> tuple[tuple[str, str], ...]:
        """Each text to be filled, with the key that it stands under."""
        details = [("details", detail) for detail in self.details]
        return (("figure", self.figure), ("sentence", self.sentence), *details)
