"""From what a change does to its verdict: pass, report, block or unknown. Pure.

Only what is certain blocks, only under a rule whose mode is block, and only where that rule may: what a
rule is not allowed to stop it reports, and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trueline.model.enforcement import Compared, EnforcementChange
from trueline.model.finding import Finding
from trueline.model.rule import CheckResult
from trueline.settings.settings import RuleMode

from .gate_growth import GateChange
from .gate_rules import GATE_CHANGED, PREFIX, SPEC_UNTOUCHED, UNVERIFIED, GateModes, why_not_blocking
from .gated import Blocking, Verdict
from .governing import Unverified, Weighed

NOTHING = "base and head are the same: nothing was examined"


@dataclass(frozen=True)
class Facts:
    """What was found out about a change."""

    compared: Compared
    weighed: Sequence[Weighed]
    unverified: Sequence[Unverified]
    gate_changes: Sequence[GateChange]
    new: Sequence[Finding]
    checks: Sequence[CheckResult]
    files: int
    """Changed files."""


def decide(
    facts: Facts,
    modes: GateModes,
    check_modes: Mapping[str, RuleMode],
    why_not: Callable[[str], str | None] = why_not_blocking,
) -> tuple[Verdict, str | None, tuple[Blocking, ...]]:
    """Return the verdict, why it is unknown where it is, and what stops the change or would.

    `why_not` says why a rule of the gate may not block, None where it may.
    """
    blocking = (*_blocking(facts, modes, why_not), *_blocking_findings(facts, check_modes))
    why = _why_unknown(facts, check_modes)
    if any(one.why_not is None for one in blocking):
        return "block", why, blocking
    if why is not None:
        return "unknown", why, blocking
    return ("report" if _is_reported(facts, modes) else "pass"), None, blocking


def is_shown(change: EnforcementChange, modes: GateModes) -> bool:
    """Return True where the rule of a weakening is not switched off."""
    return modes.of(PREFIX + change.kind) != "off"


def verdict_of(weaker: Sequence[EnforcementChange], unreadable: Sequence[str], modes: GateModes) -> Verdict:
    """Return the verdict of a replayed commit: what *would* block if every rule that is not set were set to block."""
    shown = [change for change in weaker if is_shown(change, modes)]
    if any(change.confidence == "certain" and modes.of(PREFIX + change.kind, "block") == "block" for change in shown):
        return "block"
    return "report" if shown else "unknown" if unreadable else "pass"


def _blocking(facts: Facts, modes: GateModes, why_not: Callable[[str], str | None]) -> Iterator[Blocking]:
    for one in facts.weighed:
        change = one.change
        rule = PREFIX + change.kind
        if modes.of(rule) == "block" and not one.is_explained:
            doubt = None if change.confidence == "certain" else "it is likely, not certain"
            yield Blocking(rule, f"{change.path}: {change.unit}", doubt or why_not(rule))
        if one.standing == "spec_untouched" and modes.of(SPEC_UNTOUCHED) == "block":
            yield Blocking(SPEC_UNTOUCHED, f"{change.path}: {change.unit}", why_not(SPEC_UNTOUCHED))
    if modes.of(UNVERIFIED) == "block":
        yield from (Blocking(UNVERIFIED, one.path, why_not(UNVERIFIED)) for one in facts.unverified)
    if modes.of(GATE_CHANGED) == "block":
        yield from (Blocking(GATE_CHANGED, one.subject, why_not(GATE_CHANGED)) for one in facts.gate_changes)


def _blocking_findings(facts: Facts, check_modes: Mapping[str, RuleMode]) -> Iterator[Blocking]:
    rules = {result.rule.id: result.rule for result in facts.checks}
    for finding in facts.new:
        if check_modes.get(finding.rule) == "block":
            is_preview = rules[finding.rule].status == "preview"
            yield Blocking(finding.rule, finding.subject, "the rule is a preview" if is_preview else None)


def _why_unknown(facts: Facts, check_modes: Mapping[str, RuleMode]) -> str | None:
    if not facts.files:
        return NOTHING
    reasons = list(facts.compared.unreadable)
    for result in facts.checks:
        if result.result == "error":
            reasons.append(f"{result.rule.id} failed: {result.detail}")
        elif result.result == "unknown" and check_modes.get(result.rule.id) == "block":
            reasons.append(f"{result.rule.id} blocks and is unknown: {result.detail}")
    return "; ".join(reasons) or None


def _is_reported(facts: Facts, modes: GateModes) -> bool:
    weaker = any(is_shown(one.change, modes) and not one.is_explained for one in facts.weighed)
    unverified = bool(facts.unverified) and modes.of(UNVERIFIED) != "off"
    changed = bool(facts.gate_changes) and modes.of(GATE_CHANGED) != "off"
    return weaker or unverified or changed or bool(facts.new)
