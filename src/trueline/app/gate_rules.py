"""The rules of the gate that are no SQL: one per kind of change, and what lies beside the kinds.

Their mode is set like that of any rule: `[rules."gate.test_deleted"] mode = "block"`. A rule may block only
what is certain, and only once its precision has been measured or it judges nothing but a plain fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trueline.model.enforcement import CHANGE_KINDS
from trueline.model.errors import UsageError
from trueline.model.rule import Precision
from trueline.settings.settings import RuleMode, Settings
from trueline.settings.suggestion import did_you_mean

PREFIX = "gate."
GATE_CHANGED = "gate.rules_changed"
SPEC_UNTOUCHED = "gate.spec_untouched"
UNVERIFIED = "gate.governed_path_unverified"

BAR = 0.97
"""Share of a rule's findings that must be right before it may block."""
FEWEST = 20
"""Findings that must have been read to measure that share."""

_TITLES = {
    "assertion_removed": "An assertion is gone",
    "assertion_weakened": "An assertion accepts more",
    "expected_changed": "A test expects something else",
    "tolerance_loosened": "A tolerance is wider",
    "test_deleted": "A test is gone",
    "test_skipped": "A test does not run",
    "test_xfail": "A test is expected to fail",
    "case_removed": "A case of a test is gone",
    "exception_swallowed": "A failure is swallowed",
    "sut_mocked": "What is tested is replaced by a mock",
    "golden_changed": "A stored expectation changed",
    "ci_disabled": "A step of CI does not run",
    "ci_nonfailing": "A step of CI cannot fail",
    "coverage_lowered": "A floor is lower",
    "lint_suppressed": "A finding of a linter is suppressed",
    "warning_suppressed": "A warning is suppressed",
    "parameter_out_of_range": "A parameter is outside its specified range",
}
_OTHERS = {
    GATE_CHANGED: "What the gate goes by changed",
    SPEC_UNTOUCHED: "A test expects something else, and its specification says what it said",
    UNVERIFIED: "Governed code changed and nothing verifies it",
}
TITLES: Mapping[str, str] = {**{PREFIX + kind: _TITLES[kind] for kind in CHANGE_KINDS}, **_OTHERS}
"""Every rule of the gate, with what it says of a change."""

EXACT = frozenset({PREFIX + "parameter_out_of_range", GATE_CHANGED})
"""They compare two texts with a rule that people wrote, and judge nothing."""

MEASURED: Mapping[str, Precision] = {PREFIX + "test_deleted": Precision(right=23, n=23)}
"""By rule: how many of its certain findings were right, of those read in the held-out parts of the labelled set;
see docs/explanation/evidence.md. What stands here may block; a kind that misses the bar or was read too seldom is absent."""


@dataclass(frozen=True)
class GateModes:
    """What each rule of the gate may do."""

    set: Mapping[str, RuleMode]

    def of(self, rule: str, default: RuleMode = "advise") -> RuleMode:
        return self.set.get(rule, default)


def gate_modes(settings: Settings) -> GateModes:
    """Return the modes that the settings give to rules of the gate. Raises UsageError for one that does not exist."""
    found: dict[str, RuleMode] = {}
    for name, mode in settings.rules.items():
        if is_gate_rule(name):
            found[known_gate_rule(name)] = mode
    return GateModes(found)


def is_gate_rule(name: str) -> bool:
    """Return True where a name in the settings means the gate."""
    return name.startswith(PREFIX)


def known_gate_rule(name: str) -> str:
    """Return the name, if there is such a rule. Raises UsageError."""
    if name not in TITLES:
        raise UsageError(f"there is no rule {name}", fix=did_you_mean(name, list(TITLES)))
    return name


def why_not_blocking(rule: str) -> str | None:
    """Return why a rule of the gate may not block, whatever its mode; None where it may."""
    if rule in EXACT:
        return None
    measured = MEASURED.get(rule)
    if measured is None or measured.n < FEWEST:
        return "its precision is not measured yet"
    share = measured.right / measured.n
    return None if share >= BAR else f"its precision is {share:.2f}, and blocking needs {BAR}"
