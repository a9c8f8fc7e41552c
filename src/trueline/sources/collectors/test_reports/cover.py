"""Read coverage: Cobertura XML, lcov, and coverage.py's JSON. All become files with lines reached and missed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any

from .refused import ReportRefused
from .xml_events import xml_events

MAX_JSON_BYTES = 500_000_000
MAX_LINE = 50_000_000


@dataclass
class CoveredFile:
    """The lines of one file; a line that several tests or classes name is reached if one of them reached it."""

    path: str
    hits: dict[int, bool] = field(default_factory=dict)
    branches: int | None = None
    covered_branches: int | None = None
    measured_at: datetime | None = None

    def see(self, line: int, is_covered: bool) -> None:
        self.hits[line] = self.hits.get(line, False) or is_covered

    def lines(self, is_covered: bool) -> list[int]:
        return sorted(line for line, hit in self.hits.items() if hit == is_covered)

    def add_branches(self, taken: int, count: int) -> None:
        self.branches = (self.branches or 0) + count
        self.covered_branches = (self.covered_branches or 0) + min(taken, count)


def cobertura_files(file: IO[bytes]) -> Iterator[CoveredFile]:
    """Yield the files of a Cobertura report. Raises ReportRefused."""
    files: dict[str, CoveredFile] = {}
    current: CoveredFile | None = None
    measured_at: datetime | None = None
    root = ""
    in_methods = 0
    for event in xml_events(file):
        if not root:
            root = event.name
            if root != "coverage":
                raise ReportRefused(f"begins with <{root[:40]}>, not with <coverage>", event.line, event.col)
            measured_at = _epoch(event.attributes.get("timestamp"))
        if event.name == "methods":
            in_methods += 1 if event.kind == "start" else -1
        elif event.name == "class":
            # A file may hold several classes, in any order.
            current = None
            if event.kind == "start":
                path = event.attributes.get("filename", "").replace("\\", "/")
                current = files.setdefault(path, CoveredFile(path, measured_at=measured_at)) if path else None
        elif event.kind == "start" and event.name == "line" and current is not None and not in_methods:
            line = _whole(event.attributes.get("number"))
            if line is None:
                raise ReportRefused("has a <line> without a number", event.line, event.col)
            current.see(line, (_whole(event.attributes.get("hits")) or 0) > 0)
            _branches(current, event.attributes.get("condition-coverage", ""))
    if not root:
        raise ReportRefused("is empty", 0, 0, "Write the report again")
    yield from files.values()


def lcov_files(file: IO[bytes]) -> Iterator[CoveredFile]:
    """Yield the files of an lcov tracefile (geninfo(1)). Raises ReportRefused."""
    files: dict[str, CoveredFile] = {}
    current: CoveredFile | None = None
    for number, raw in enumerate(file, start=1):
        key, colon, value = raw.decode("utf-8", "replace").strip().partition(":")
        if key == "SF":
            path = value.replace("\\", "/")
            current = files.setdefault(path, CoveredFile(path))
        elif key == "end_of_record":
            current = None
        elif key in ("DA", "BRDA") and colon:
            if current is None:
                raise ReportRefused(f"has {key} outside a file", number, 1, "Each file begins with SF: and its path")
            _lcov_line(current, key, value.split(","), number)
    if not files:
        raise ReportRefused("names no file", 0, 0, "Write the report again")
    yield from files.values()


def _lcov_line(current: CoveredFile, key: str, parts: list[str], number: int) -> None:
    line = _whole(parts[0])
    if line is None or len(parts) < 2:
        raise ReportRefused(f"has {key} without a line number", number, 1)
    if key == "DA":
        current.see(line, not parts[1].startswith("-") and parts[1] not in ("0", ""))
    else:
        current.add_branches(int(parts[-1] not in ("-", "0")), 1)


def coverage_json_files(file: IO[bytes]) -> Iterator[CoveredFile]:
    """Yield the files of `coverage json`. Raises ReportRefused."""
    content = file.read(MAX_JSON_BYTES + 1)
    if len(content) > MAX_JSON_BYTES:
        raise ReportRefused(f"is larger than {MAX_JSON_BYTES:,} bytes", 0, 0, "Write it per package")
    try:
        report = json.loads(content)
    except (ValueError, RecursionError) as error:
        line, col = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (0, 0)
        raise ReportRefused("is not JSON", line, col, "Write it with `coverage json`") from None
    files = report.get("files") if isinstance(report, dict) else None
    if not isinstance(files, dict):
        raise ReportRefused("has no `files`", 1, 1, "Write it with `coverage json`")
    measured_at = _instant(report.get("meta"))
    for path, found in files.items():
        one = CoveredFile(path.replace("\\", "/"), measured_at=measured_at)
        for key, is_covered in (("executed_lines", True), ("missing_lines", False)):
            for line in found.get(key, ()) if isinstance(found, dict) else ():
                if isinstance(line, int) and 0 < line < MAX_LINE:
                    one.see(line, is_covered)
        summary: Any = found.get("summary") if isinstance(found, dict) else None
        if isinstance(summary, dict) and isinstance(summary.get("num_branches"), int):
            one.add_branches(int(summary.get("covered_branches") or 0), summary["num_branches"])
        yield one


def _branches(current: CoveredFile, text: str) -> None:
    """Add `50% (1/2)`."""
    taken, slash, count = text.rpartition("(")[2].rstrip(")").partition("/")
    if slash and taken.isdecimal() and count.isdecimal():
        current.add_branches(int(taken), int(count))


def _whole(text: str | None) -> int | None:
    number = int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else None
    return number if number is not None and number < MAX_LINE * 1000 else None


def _epoch(text: str | None) -> datetime | None:
    """Return an instant from seconds or, as most tools write, milliseconds."""
    number = _whole(text) if text and len(text) < 12 else None
    if number is None and text and text.isascii() and text.isdecimal() and len(text) == 13:
        number = int(text) // 1000
    return datetime.fromtimestamp(number, UTC) if number else None


def _instant(meta: Any) -> datetime | None:
    text = meta.get("timestamp") if isinstance(meta, dict) else None
    try:
        instant = datetime.fromisoformat(text) if isinstance(text, str) else None
        return None if instant is None else instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
