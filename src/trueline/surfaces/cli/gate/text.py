"""The gate's answer for people at a terminal: what changed, old and new, whose it is, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueline.app.gated import Gated
from trueline.app.specs import SpecPart
from trueline.model.enforcement import EnforcementChange

from ..escape import clip, visible, wrapped
from ..scan.wording import owner_name, plural
from ..style import Style
from .notices import Notice, notices_of, owner_of

MOST = 30
"""Notices that are told in full; the rest is counted."""

_ROLES = {"block": "high", "report": "medium", "note": "soft"}


def gate_text(gated: Gated, style: Style) -> str:
    """Return the whole answer; its last line is the verdict with its denominators."""
    notices = notices_of(gated)
    lines = [style.paint("soft", visible(compared_line(gated))), ""]
    for notice in notices[:MOST]:
        lines += [*_notice(notice, style), ""]
    if len(notices) > MOST:
        lines += [f"… {plural(len(notices) - MOST, 'more notice')}: --format json shows all of them.", ""]
    lines += list(_further(gated, style))
    lines.append(style.paint("strong", visible(verdict_line(gated))))
    return "\n".join(lines) + "\n"


def compared_line(gated: Gated) -> str:
    """Return what was compared with what, and by whose rules."""
    return (
        f"{_end(gated.base, gated.base_commit_id)} -> {_end(gated.head, gated.head_commit_id)}"
        f" · rules from {gated.rules_from}"
    )


def verdict_line(gated: Gated) -> str:
    """Return the verdict with what it comes to."""
    counted = gated.counted
    kinds = plural(len(gated.weighed), "weakening") + f", {len(gated.compared.stronger):,} strengthened"
    found = f"{plural(len(gated.new), 'new finding')}, {len(gated.touched):,} touched, {gated.inherited:,} inherited"
    examined = (
        f"{plural(counted.files, 'file')} changed, {counted.enforcing:,} of which {'enforces' if counted.enforcing == 1 else 'enforce'} something,"
        f" {counted.units_before:,} test units before and {counted.units_after:,} after;"
        f" {plural(counted.checks, 'tree rule')} ran, {counted.checks_examined:,} examined something"
    )
    why = f" ({gated.why_unknown})" if gated.verdict == "unknown" and gated.why_unknown else ""
    return f"{gated.verdict}{why}: {kinds}; {found}: {examined}."


def _end(name: str, commit_id: str | None) -> str:
    return f"{name} ({commit_id[:12]})" if commit_id and not commit_id.startswith(name) else name


def _notice(notice: Notice, style: Style) -> Iterator[str]:
    place = (notice.path or "") + (f":{notice.line}" if notice.line and notice.path else "")
    yield style.paint(_ROLES[notice.level], visible(f"{notice.level:<7} {notice.rule}  {place}"))
    yield from _wrapped(notice.message + ".", style)
    for name, value in (("old", notice.old), ("new", notice.new)):
        if value:
            yield f"  {name}  {clip(value, style.width - 7)}"
    for part in notice.parts:
        yield from _part(part, style)
    owner = f"For {owner_name(notice.owner)}: " if notice.owner else ""
    yield from (style.paint("soft", line) for line in _wrapped(owner + notice.fix, style))


def _part(part: SpecPart, style: Style) -> Iterator[str]:
    section = f", {part.section}" if part.section else ""
    yield f"  {clip(f'{part.spec.id} {part.spec.title}{section}', style.width - 2)}"
    if part.is_changed:
        yield from (f"    - {clip(line, style.width - 6)}" for line in part.old)
        yield from (f"    + {clip(line, style.width - 6)}" for line in part.new)
    else:
        yield from (f"      {clip(line, style.width - 6)}" for line in part.new)


def _further(gated: Gated, style: Style) -> Iterator[str]:
    for one in gated.blocking:
        if one.why_not:
            yield from _wrapped(f"{one.rule} is set to block and cannot: {one.why_not} ({one.subject}).", style, "")
    if gated.compared.stronger:
        yield from _wrapped("Strengthened: " + _summary(gated.compared.stronger) + ".", style, "")
    if gated.touched:
        rules = ", ".join(dict.fromkeys(finding.rule for finding in gated.touched))
        yield from _wrapped(f"Touched, and not mended: {plural(len(gated.touched), 'finding')} of {rules}.", style, "")
    for text in gated.compared.unreadable:
        yield from _wrapped(f"Not known: {text}.", style, "")
    for problem in gated.problems[:5]:
        yield from _wrapped(str(problem), style, "")
    if owners := sorted({name for owner in gated.owners.values() if (name := owner_of(owner))}):
        yield from _wrapped("Owners of what it touches: " + ", ".join(owners) + ".", style, "")
    yield ""


def _summary(changes: Sequence[EnforcementChange]) -> str:
    units = list(dict.fromkeys(f"{change.path}: {change.unit}" for change in changes))
    return ", ".join(units[:3]) + (f" and {len(units) - 3:,} more" if len(units) > 3 else "")


def _wrapped(text: str, style: Style, indent: str = "  ") -> Iterator[str]:
    return (indent + line for line in wrapped(text, style.width - len(indent)))
