"""Findings: a violation with an identity, a likely owner and, once adopted, a clock."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .rule import Severity
from .table import Column, Table

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

Event = Literal["opened", "fixed", "regressed", "unseen"]


def finding_id(rule: str, repository: str, subject: str) -> str:
    """Return `F-` and eight Crockford characters of sha256(rule, repository, subject)."""
    digest = hashlib.sha256("\0".join((rule, repository, subject)).encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:5], "big")
    return "F-" + "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(35, -1, -5))


@dataclass(frozen=True)
class Place:
    """Where a finding can be seen."""

    path: str
    line: int | None = None


@dataclass(frozen=True)
class Finding:
    """One cause with all its places."""

    id: str
    rule: str
    repository: str
    subject: str
    message: str
    severity: Severity
    places: tuple[Place, ...] = ()
    likely_owner: str | None = None
    """A role or a team, never a person; who probably has to act before anything is adopted."""
    owner: str | None = None
    """Set once adopted."""
    due: date | None = None
    """Set once adopted."""
    fix: str = ""
    violations: int = 1
    """How many rows it folds."""
    opened_on: date | None = None
    """First recorded by `check --record`."""


@dataclass(frozen=True)
class Observation:
    """One row of a finding's history, appended only by `check --record`."""

    event: Event
    finding_id: str
    rule: str
    repository: str
    subject: str
    observed_on: date


OBSERVATIONS = Table(
    name="observations",
    title="What `check --record` saw of findings",
    grain="one row per change of a finding's state",
    key=("finding_id", "observed_at"),
    origin="evidence",
    event="observed_at",
    columns=(
        Column("event", "varchar", "opened, fixed, regressed or unseen.", required=True),
        Column("finding_id", "varchar", "F- and eight characters.", required=True),
        Column("rule", "varchar", "Full id of the check.", required=True),
        Column("repository", "varchar", "Name of the repository.", required=True),
        Column("subject", "varchar", "What the finding is about.", required=True),
        Column("observed_on", "date", "The day that the check was for.", required=True),
        Column("observed_at", "timestamptz", "When it was recorded.", required=True),
    ),
)
