"""Findings as text: one line each in a list, one screen each by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trueline.model.finding import Finding
from trueline.model.rule import Check

from .answering import shown
from .escape import visible, wrapped
from .scan.wording import owner_name, short_day
from .style import Style

MOST_PLACES = 40


def findings_text(findings: Sequence[Finding], verdict: str, style: Style) -> str:
    """Return a list of findings: place, severity and rule, then the sentence, then who and which."""
    lines: list[str] = []
    are_of_several = len({finding.repository for finding in findings}) > 1
    for finding in findings:
        place = "  ".join(filter(None, (finding.repository if are_of_several else None, _place(finding))))
        head = f"{finding.severity:<8} {finding.rule}" + (f"  {place}" if place else "")
        lines.append(style.paint(finding.severity, visible(head)))
        lines += ["  " + line for line in wrapped(f"{finding.subject} {finding.message}", style.width - 2)]
        lines += [style.paint("soft", "  " + line) for line in wrapped(" · ".join(_about(finding)), style.width - 2)]
    return "\n".join([*lines, "", style.paint("strong", verdict)] if lines else [verdict]) + "\n"


def finding_text(finding: Finding, rule: Check, rows: Sequence[Mapping[str, Any]], style: Style) -> str:
    """Return one finding with everything that is known of it."""
    title = style.paint("strong", visible(f"{finding.id}  {finding.subject}"))
    lines = [title, *wrapped(finding.message, style.width), ""]
    facts = {
        "rule": f"{rule.id}: {rule.title}",
        "why": rule.why,
        "severity": finding.severity,
        "repository": finding.repository,
        "likely owner": finding.likely_owner or "nobody is known",
        "due": finding.due or "nothing is due before it is adopted",
        "since": finding.opened_on or "not recorded; trueline check --record remembers",
        "to mend it": finding.fix,
    }
    for name, value in facts.items():
        first, *rest = wrapped(shown(value), style.width - 14) or [""]
        lines += [f"{name:<13} {first}", *(" " * 14 + line for line in rest)]
    if len(rows) > 1 and not rule.group_by and finding.places:
        lines += ["", f"places ({len(rows):,})"]
        lines += _each_with_its_message(rows, style)
    elif finding.places:
        lines += ["", f"places ({len(finding.places):,})"]
        lines += [visible(f"  {p.path}" + (f":{p.line}" if p.line else "")) for p in finding.places[:MOST_PLACES]]
        if len(finding.places) > MOST_PLACES:
            lines.append(
                f"  … {len(finding.places) - MOST_PLACES:,} more: trueline finding show {finding.id} --format json"
            )
    elif len(rows) > 1:
        lines += ["", f"{len(rows):,} rows; trueline rule run {rule.name} shows them"]
    return "\n".join(lines) + "\n"


def _each_with_its_message(rows: Sequence[Mapping[str, Any]], style: Style) -> Iterator[str]:
    """Yield where and what of each row: one subject that is wrong in several ways."""
    for row in rows[:MOST_PLACES]:
        place = f"{row.get('source_path') or ''}:{row.get('source_line') or ''}".strip(":")
        first, *rest = wrapped(f"{place}: {row['message']}", style.width - 2)
        yield f"  {first}"
        yield from (f"    {line}" for line in rest)
    if len(rows) > MOST_PLACES:
        yield f"  … {len(rows) - MOST_PLACES:,} more"


def _place(finding: Finding) -> str:
    if not finding.places:
        return ""
    first = finding.places[0]
    more = f" and {len(finding.places) - 1:,} more" if len(finding.places) > 1 else ""
    return first.path + (f":{first.line}" if first.line else "") + more


def _about(finding: Finding) -> list[str]:
    about = [finding.id]
    if finding.likely_owner:
        about.append(f"likely owner {owner_name(finding.likely_owner)}")
    if finding.opened_on:
        about.append(f"since {short_day(finding.opened_on)}")
    if finding.fix:
        about.append(finding.fix)
    return about
