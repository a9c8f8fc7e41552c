"""What the gate says of a change: the values that surfaces render. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trueline.findings.identify import PathOwner
from trueline.model.enforcement import Compared, EnforcementChange
from trueline.model.errors import Problem
from trueline.model.finding import Finding
from trueline.model.rule import CheckResult

from .gate_growth import GateChange
from .governing import Unverified, Weighed

Verdict = Literal["pass", "report", "block", "unknown"]


@dataclass(frozen=True)
class Blocking:
    """Something that stops the change, or would if its rule were allowed to."""

    rule: str
    subject: str
    why_not: str | None = None
    """Why it does not stop it although the settings say block."""


@dataclass(frozen=True)
class Counted:
    """The denominators of a verdict."""

    files: int
    """Changed files."""
    enforcing: int
    """Of these, files that enforce something on either side."""
    units_before: int
    units_after: int
    checks: int
    """Tree rules that ran."""
    checks_examined: int


@dataclass(frozen=True)
class Gated:
    """Everything that the gate says of one change."""

    repository: str
    base: str
    base_commit_id: str | None
    head: str
    head_commit_id: str | None
    rules_from: str
    verdict: Verdict
    why_unknown: str | None
    counted: Counted
    compared: Compared
    weighed: tuple[Weighed, ...]
    """Every weakening of `compared`, in its order."""
    unverified: tuple[Unverified, ...]
    gate_changes: tuple[GateChange, ...]
    new: tuple[Finding, ...]
    """Findings of tree rules that only the head has."""
    touched: tuple[Finding, ...]
    """Findings that were there before, in files that the change touches."""
    inherited: int
    """Findings that were there before, elsewhere."""
    checks: tuple[CheckResult, ...]
    owners: Mapping[str, PathOwner]
    """Declared owners of the changed paths."""
    blocking: tuple[Blocking, ...]
    changed_paths: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    """What could not be listed or read, and what is wrong in the settings of records."""
    decisions: tuple[()] = ()
    """Who decided what about this change: comes with authority."""

    @property
    def weaker(self) -> tuple[EnforcementChange, ...]:
        return self.compared.weaker

    @property
    def is_weakened(self) -> bool | None:
        """None where it cannot be told."""
        if self.compared.weaker:
            return True
        return None if self.verdict == "unknown" else False
