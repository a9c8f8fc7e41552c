"""Duties: what a Head of Engineering must answer for, and the state of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DutyState = Literal["met", "not_met", "declared", "unknown"]


@dataclass(frozen=True)
class Need:
    """Evidence or records that make more of some duties known, and what they cost the user."""

    id: str
    title: str
    """In the reader's words, such as `reviews, checks and deployments of a forge`."""
    minutes: int
    """The user's minutes, once, for all that it makes known."""
    command: str | None = None
    """The command that brings it, where one exists."""
    tables: tuple[str, ...] = ()
    """Having rows in one of these shows that it is there; empty where nothing reads it yet."""


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
    needs: tuple[Need, ...] = ()
    """All of it has to be there before the duty can be met: what nobody looked at is not met."""


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
    required: int = 0
    """How many of the checks decide it; where none does, the others say nothing of its state."""
    missing: tuple[Need, ...] = ()
    """What it needs and nobody brought yet."""
