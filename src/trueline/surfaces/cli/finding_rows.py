"""Findings as rows, the same for every command that lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trueline.model.finding import Finding

COLUMNS = (
    "id",
    "severity",
    "rule",
    "repository",
    "subject",
    "path",
    "line",
    "violations",
    "likely_owner",
    "owner",
    "due",
    "opened_on",
    "message",
)


def finding_rows(findings: Iterable[Finding]) -> list[tuple[Any, ...]]:
    """Return one row per finding, in the order of `COLUMNS`."""
    return [
        (
            f.id,
            f.severity,
            f.rule,
            f.repository,
            f.subject,
            f.places[0].path if f.places else None,
            f.places[0].line if f.places else None,
            f.violations,
            f.likely_owner,
            f.owner,
            f.due,
            f.opened_on,
            f.message,
        )
        for f in findings
    ]
