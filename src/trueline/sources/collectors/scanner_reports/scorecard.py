"""Read the JSON of OpenSSF Scorecard: one score per check, -1 where it could not be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from .json_file import first_line, instant, mapping, read_json, text_of, web_page

_FIX = "Write it with `scorecard --format json`"
_OBJECT_ID = re.compile(r"(?!0+$)[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True)
class ScoredCheck:
    """One check."""

    commit_id: str | None
    """The commit that the report says it is about."""
    name: str
    score: int
    reason: str | None
    url: str | None
    tool_version: str | None
    ran_at: datetime | None


def scorecard_checks(file: IO[bytes]) -> Iterator[ScoredCheck]:
    """Yield the checks of a report. Raises ReportRefused."""
    report = read_json(file, _FIX)
    checks = report.top.get("checks")
    if not isinstance(checks, list):
        raise report.refused("has no list of checks", "checks", _FIX)
    commit = text_of(mapping(report.top, "repo").get("commit"), 64)
    commit_id = commit if _OBJECT_ID.fullmatch(commit) else None
    version = text_of(mapping(report.top, "scorecard").get("version"), 100) or None
    ran_at = instant(report.top.get("date"))
    for number, check in enumerate(checks, start=1):
        told = mapping(check)
        name, score = text_of(told.get("name"), 100), told.get("score")
        if not name:
            raise report.refused(f"has check {number} without a name", "checks", _FIX)
        if not isinstance(score, int) or isinstance(score, bool) or not -1 <= score <= 10:
            raise report.refused(f"has check {number} ({name}) without a score from -1 to 10", "checks", _FIX)
        url = web_page(mapping(told, "documentation").get("url"))
        yield ScoredCheck(commit_id, name, score, first_line(told.get("reason")), url, version, ran_at)
