"""Read JUnit XML, as pytest, Maven, Gradle, Jest, go-junit-report and others write it.

The format has no standard; read are the elements that all of them share. A test that lies in several
suites of one name, or runs twice in one report, counts as its worst run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO

from .refused import ReportRefused
from .xml_events import Event, xml_events

REQUIREMENT_PROPERTIES = frozenset(
    {"requirement", "requirements", "requirement_id", "req", "reqs", "verifies", "covers", "test_requirement"}
)
"""Names of properties that hold requirement ids, several separated by commas or spaces."""

_STATUSES = {"failure": "failed", "error": "error", "skipped": "skipped", "rerunFailure": "", "flakyFailure": ""}
_WORST = ("passed", "skipped", "failed", "error")


@dataclass
class Case:
    """One test as the report has it."""

    suite: str
    class_name: str | None
    name: str
    path: str | None
    line: int | None
    seconds: float | None
    ran_at: datetime | None
    status: str = "passed"
    message: str | None = None
    requirement_ids: list[str] = field(default_factory=list)

    @property
    def test(self) -> str:
        return f"{self.class_name}.{self.name}" if self.class_name else self.name

    def is_worse_than(self, other: Case) -> bool:
        return _WORST.index(self.status) > _WORST.index(other.status)


def junit_cases(file: IO[bytes]) -> Iterator[Case]:
    """Yield every test of a report. Raises ReportRefused."""
    suites: list[tuple[str, datetime | None]] = []
    case: Case | None = None
    events = xml_events(file)
    for event in _checked(events):
        if event.name == "testsuite":
            _suite(event, suites)
        elif event.name == "testcase" and event.kind == "start":
            case = _case(event, suites)
        elif event.name == "testcase" and case is not None:
            yield case
            case = None
        elif case is not None:
            _note(case, event)


def _checked(events: Iterator[Event]) -> Iterator[Event]:
    """Yield the events of a document that begins as it should."""
    first = next(events, None)
    if first is None:
        raise ReportRefused("is empty", 0, 0, "Write the report again")
    if first.name not in ("testsuites", "testsuite"):
        raise ReportRefused(f"begins with <{first.name[:40]}>, not with <testsuites>", first.line, first.col)
    yield first
    yield from events


def _suite(event: Event, suites: list[tuple[str, datetime | None]]) -> None:
    if event.kind == "start":
        suites.append((event.attributes.get("name", ""), _instant(event.attributes.get("timestamp"))))
    else:
        suites.pop()


def _case(event: Event, suites: list[tuple[str, datetime | None]]) -> Case:
    suite, ran_at = suites[-1] if suites else ("", None)
    name = event.attributes.get("name")
    if name is None:
        raise ReportRefused("has a <testcase> without a name", event.line, event.col)
    line = event.attributes.get("line", "")
    return Case(
        suite=suite,
        class_name=event.attributes.get("classname") or None,
        name=name,
        path=event.attributes.get("file") or None,
        # pytest's oldest form counts lines from 0; nobody says so, so the number is taken as it is.
        line=int(line) if line.isdecimal() else None,
        seconds=_seconds(event.attributes.get("time")),
        ran_at=ran_at,
    )


def _note(case: Case, event: Event) -> None:
    """Take up what an element inside a test says about it."""
    if event.kind == "end":
        if event.name in _STATUSES and case.message is None:
            case.message = _first_line(event.text) or None
    elif status := _STATUSES.get(event.name):
        if _WORST.index(status) > _WORST.index(case.status):
            case.status = status
            case.message = _first_line(event.attributes.get("message", "")) or None
    elif event.name == "property" and event.attributes.get("name", "").lower() in REQUIREMENT_PROPERTIES:
        for one in event.attributes.get("value", "").replace(",", " ").split():
            if one not in case.requirement_ids:
                case.requirement_ids.append(one)


def _seconds(text: str | None) -> float | None:
    try:
        seconds = float((text or "").replace(",", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def _instant(text: str | None) -> datetime | None:
    """Return when a suite ran; without a zone it cannot be known to the hour, and UTC is taken."""
    try:
        instant = datetime.fromisoformat(text or "")
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:300]
