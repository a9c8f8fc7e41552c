"""Findings as rows, the same for every command that lists them."""

from __future__ import annotations

import re
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


def owners(findings: Iterable[Finding]) -> list[str]:
    """Return whoever has a finding, as `is_owned_by` takes them."""
    named = {part for finding in findings for part in _parts(finding)}
    return sorted(part.removeprefix("role:") for part in named)


def is_owned_by(finding: Finding, owner: str) -> bool:
    """Say whether a finding is somebody's: `role:` may be left out, and spaces stand for hyphens."""
    wanted = _plain(owner)
    return wanted in {_plain(part) for part in _parts(finding)}


def _parts(finding: Finding) -> list[str]:
    """Return the owners of a finding one by one: two teams may own a path."""
    return [part for part in (finding.owner or finding.likely_owner or "").split(", ") if part]


def _plain(owner: str) -> str:
    return re.sub(r"[\s_-]+", "-", owner.strip().casefold().removeprefix("role:").strip())


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
