"""Duties: what a Head of Engineering must answer for, and the state of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DutyState = Literal["met", "not_met", "declared", "unknown"]


@dataclass(frozen=True)
class Answer:
    """One way to make more of a duty known, and what it costs the user."""

    needs: str
    """Evidence or records in the reader's words, such as `deployments` or `service records`."""
    minutes: int
    """The user's minutes, once, for all that it makes known."""
    command: str | None = None
    """The command that does it, where one exists."""


@dataclass(frozen=True)
class Duty:
    """One of the duties."""

    number: str
    """D01 to D42."""
    id: str
    group: str
    title: str
    question: str
    """What the product answers, in one sentence."""
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class DutyStanding:
    """How a duty stands today, and how we know."""

    duty: Duty
    state: DutyState
    reason: str
    """Completes `state because …` for people."""
    checks: int = 0
    """Checks that enter the state: stable, applicable."""
    checks_held: int = 0
    checks_unknown: int = 0
    metrics: int = 0
    """Metrics of this duty that have a value."""
