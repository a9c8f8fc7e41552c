"""One list of what the gate has to say, the same for every form: rule, place, sentence, owner, what to do."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trueline.app.gate_rules import GATE_CHANGED, PREFIX, TITLES, UNVERIFIED
from trueline.app.gated import Gated
from trueline.app.governing import Weighed
from trueline.app.specs import SpecPart
from trueline.findings.identify import PathOwner
from trueline.model.finding import Finding

from ..scan.wording import owner_name

Level = Literal["block", "report", "note"]
LEVELS: tuple[Level, ...] = ("block", "report", "note")

_TEAM = re.compile(r"@[A-Za-z0-9][\w.-]*/[\w.-]+")


@dataclass(frozen=True)
class Notice:
    """One thing to say about a change."""

    rule: str
    level: Level
    title: str
    path: str | None
    line: int | None
    message: str
    """One sentence; old and new values are told apart from it."""
    fix: str
    owner: str | None
    subject: str = ""
    """The test unit, the parameter, or what a finding is about."""
    old: str | None = None
    new: str | None = None
    parts: tuple[SpecPart, ...] = ()
    """What specifications say of it, at both ends."""
    fingerprint: str = ""
    """Without line and without value: the same thing tomorrow."""

    @property
    def text(self) -> str:
        """Everything in one paragraph, for forms that have no more room."""
        values = [f"before: {self.old}" if self.old else "", f"now: {self.new}" if self.new else ""]
        said = "; ".join(value for value in values if value)
        owner = f" For {owner_name(self.owner)}." if self.owner else ""
        return f"{self.message}{f' ({said})' if said else ''}.{owner} {self.fix}".strip()


def notices_of(gated: Gated) -> list[Notice]:
    """Return what the gate has to say: what blocks first, then by place."""
    blocks = {(one.rule, one.subject) for one in gated.blocking if one.why_not is None}
    found = [*_weakenings(gated, blocks), *_gate_changes(gated, blocks), *_unverified(gated, blocks)]
    titles = {result.rule.id: result.rule.title for result in gated.checks}
    found += [_finding(finding, titles[finding.rule], blocks) for finding in gated.new]
    found.sort(key=lambda n: (LEVELS.index(n.level), n.path or "", n.line or 0, n.rule, n.subject))
    return list(_identified(found))


def owner_of(owner: PathOwner | None) -> str | None:
    """Return the teams that own a path; a person is only told by the line that names them."""
    if owner is None or not owner.owners:
        return None
    teams = [name for name in owner.owners if _TEAM.fullmatch(name)]
    return ", ".join(teams) if teams else f"whom {owner.source} names"


def _weakenings(gated: Gated, blocks: set[tuple[str, str]]) -> Iterator[Notice]:
    for weighed in gated.weighed:
        change = weighed.change
        rule = PREFIX + change.kind
        is_blocking = (rule, f"{change.path}: {change.unit}") in blocks
        message = f"{TITLES[rule]}: {change.unit}" + (f"; {change.note}" if change.note else "")
        if change.confidence == "likely":
            message += "; likely, not certain"
        if standing := _standing(weighed):
            message += f". {standing}"
        yield Notice(
            rule,
            "block" if is_blocking else "note" if weighed.is_explained else "report",
            TITLES[rule],
            change.path,
            change.new_line or change.old_line,
            message,
            _what_to_do(weighed),
            _answerable(weighed, gated),
            change.unit,
            change.old,
            change.new,
            weighed.parts if weighed.standing != "no_requirement" else (),
        )


def _standing(weighed: Weighed) -> str:
    """Return how a weakening stands to its specification, as a sentence without its full stop."""
    names = ", ".join(dict.fromkeys(f"{part.spec.id}" for part in weighed.parts))
    through = f" ({weighed.through})" if weighed.through else ""
    if weighed.standing == "spec_changed_before":
        return f"The specification {names}{through} changed before"
    if weighed.standing == "spec_changed_here":
        return f"The specification {names}{through} changes with it"
    if weighed.standing == "spec_untouched":
        return f"The specification {names}{through} is untouched"
    return "No requirement is known for it" if weighed.change.kind == "expected_changed" else ""


def _what_to_do(weighed: Weighed) -> str:
    if weighed.standing == "spec_changed_before":
        return "Nothing, if this is what the specification asked for."
    if weighed.standing == "spec_changed_here":
        return "Compare both and approve the specification first."
    if weighed.standing == "spec_untouched":
        return "Say which is wrong: the specification, or what the test now expects."
    if weighed.change.kind == "parameter_out_of_range":
        return "Set it inside its range, or have the specification changed first."
    if weighed.change.kind == "expected_changed":
        return "Name the requirement in the test, so that its owner can be asked."
    return "Restore it, or say in the change why less is to be enforced."


def _answerable(weighed: Weighed, gated: Gated) -> str | None:
    owners = list(dict.fromkeys(part.spec.owner for part in weighed.parts))
    if owners:
        return ", ".join(owners)
    return owner_of(gated.owners.get(weighed.change.path))


def _gate_changes(gated: Gated, blocks: set[tuple[str, str]]) -> Iterator[Notice]:
    for change in gated.gate_changes:
        yield Notice(
            GATE_CHANGED,
            "block" if (GATE_CHANGED, change.subject) in blocks else "report",
            TITLES[GATE_CHANGED],
            change.path,
            change.line,
            f"Enforcement of the gate changed: {change.subject} {change.message}",
            "Have it approved by whoever answers for the gate; this change is still judged by the old rules.",
            owner_of(gated.owners.get(change.path)),
            change.subject,
        )


def _unverified(gated: Gated, blocks: set[tuple[str, str]]) -> Iterator[Notice]:
    for one in gated.unverified:
        yield Notice(
            UNVERIFIED,
            "block" if (UNVERIFIED, one.path) in blocks else "report",
            TITLES[UNVERIFIED],
            one.path,
            None,
            f"Governed path, unverified: {one.spec.id} governs {one.path}, and no test is known to verify it",
            f"Name a requirement of {one.spec.id} in the test that verifies it.",
            one.spec.owner,
            one.path,
        )


def _finding(finding: Finding, title: str, blocks: set[tuple[str, str]]) -> Notice:
    first = finding.places[0] if finding.places else None
    return Notice(
        finding.rule,
        "block" if (finding.rule, finding.subject) in blocks else "report",
        title,
        first.path if first else None,
        first.line if first else None,
        f"{finding.subject} {finding.message}",
        finding.fix,
        finding.owner or finding.likely_owner,
        finding.subject,
    )


def _identified(notices: Sequence[Notice]) -> Iterable[Notice]:
    seen: Counter[tuple[str, str | None, str]] = Counter()
    for notice in notices:
        key = (notice.rule, notice.path, notice.subject)
        seen[key] += 1
        text = "\0".join((notice.rule, notice.path or "", notice.subject, str(seen[key])))
        yield replace(notice, fingerprint=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
