"""Render a scan as one calm screen of text; its last line is the verdict with the denominators.

Width and colour are decided by the caller: colour only repeats what words and signs already say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trueline.app.scan_report import Gain, ScanReport, ThingToKnow
from trueline.model.finding import Finding

from ..escape import cells, clip, clip_middle, visible, wrapped
from ..style import PLAIN, Style
from . import wording

_SHOWN_FINDINGS = 6
_SHOWN_GAINS = 5
_MARGIN = " " * 5
_COLOUR = re.compile("\x1b\\[[0-9]+m")


def render_text(report: ScanReport, style: Style = PLAIN, *, page: str | None = None) -> str:
    """Return the scan as text that ends in the verdict and a newline; `page` is where the page was written."""
    width = max(style.width, 40)
    style = Style(width, style.colour)
    blocks = [_head(report, style), _things(report, style), _found(report, style), _known(report, style)]
    lines = [line for block in blocks for line in (*block, "")]
    if page:
        lines.append(f"Page: {visible(page)}")
    lines.append(style.paint("strong", wording.verdict(report)))  # one line, however long: the last line is the verdict
    return "\n".join(lines) + "\n"


def _head(report: ScanReport, style: Style) -> Iterator[str]:
    facts = report.repository
    parts = [wording.branch_at(facts)]
    if facts.fetched_at:
        parts.append(f"fetched {wording.short_instant(facts.fetched_at)}")
    parts.append(wording.history(facts))
    if facts.people or facts.bots:
        bots = f", {wording.plural(facts.bots, 'bot')}" if facts.bots else ""
        parts.append(wording.plural(facts.people, "person", "people") + bots)
    yield from wrapped(f"{clip(facts.name, style.width)}  {' · '.join(parts)}", style.width)
    yield from _soft(f"Read from {wording.read_from(facts)}. {wording.PROMISE}", style, "")
    for note in facts.notes:
        yield from wrapped(f"Limited view: {note}", style.width)
    if report.headline and not report.things:
        yield ""
        yield from wrapped(report.headline, style.width)


def _things(report: ScanReport, style: Style) -> Iterator[str]:
    count = len(report.things)
    title = f"{wording.spelled(count)} {'thing' if count == 1 else 'things'} to know" if count else "Things to know"
    yield _sides(style.paint("strong", title.upper()), f"as of {wording.short_day(report.moment.as_of)}", style)
    if not count:
        is_blank = not wording.tally(report).examined
        yield from _soft(wording.NOTHING_TO_SAY if is_blank else "Nothing stands out.", style, "")
    for position, thing in enumerate(report.things, 1):
        yield from _thing(position, thing, style)


def _thing(position: int, thing: ThingToKnow, style: Style) -> Iterator[str]:
    room = style.width - 3
    first, *others = wrapped(clip(thing.sentence, room * 3), room) or [thing.title]
    yield f"{position}. {style.paint('strong', first)}"
    yield from (f"   {style.paint('strong', line)}" for line in others)
    *details, last = thing.details or ("",)
    for detail in details:
        yield from _soft(clip(detail, room * 2), style, _MARGIN)
    how = clip(thing.how, room)
    said = [*_soft(clip(last, room * 2), style, _MARGIN)]
    yield from said[:-1]
    # The command stands at the right of the last line where both fit.
    if said and _columns(said[-1]) + cells(how) + 4 > style.width:
        yield said.pop()
        said = []
    yield _sides(said[-1] if said else "", how, style)


def _found(report: ScanReport, style: Style) -> Iterator[str]:
    yield style.paint("strong", "ALSO FOUND")
    if not report.findings:
        yield "No findings." if wording.tally(report).examined else "Nothing was examined."
        return
    adopted = any(finding.owner or finding.due for finding in report.findings)
    owes = "" if adopted else "; nothing adopted, so nobody owes anything yet"
    yield from _soft(f"{wording.found(report.findings)}{owes}", style, "")
    ranked = wording.by_severity(report.findings)
    for finding in ranked[:_SHOWN_FINDINGS]:
        yield from _finding(finding, style)
    left = ranked[_SHOWN_FINDINGS:]
    if left:
        yield _sides(
            clip(f"  {len(left):,} more: {wording.severities(left)}", style.width), "trueline finding list", style
        )


def _finding(finding: Finding, style: Style) -> Iterator[str]:
    lead = f"  {wording.SEVERITY_GLYPH[finding.severity]} {finding.severity:<8} "
    margin = " " * cells(lead)
    room = style.width - cells(lead)
    said = f"{clip_middle(finding.subject, room)} {finding.message}"
    first, *others = wrapped(clip(said, room * 2), room)
    yield style.paint(finding.severity, lead) + first
    yield from (margin + line for line in others)
    places = _places(finding, room // 2)
    word = "owner" if finding.owner else "likely owner"
    owner = f"{word} {wording.owner_name(finding.owner or finding.likely_owner)}"
    due = f" · due {wording.short_day(finding.due)}" if finding.due else ""
    yield margin + style.paint(
        "soft", clip(" · ".join(part for part in (finding.id, places, owner + due) if part), room)
    )


def _places(finding: Finding, room: int) -> str:
    """Return the first place, unless the subject already says it, and how many more there are."""
    first = finding.places[0] if finding.places else None
    if first is None or (first.path == finding.subject and first.line is None):
        return wording.plural(finding.violations, "place") if finding.violations > 1 else ""
    place = clip_middle(first.path, room) + (f":{first.line}" if first.line else "")
    return f"{place} and {finding.violations - 1:,} more" if finding.violations > 1 else place


def _known(report: ScanReport, style: Style) -> Iterator[str]:
    yield style.paint("strong", "WHAT THIS REPOSITORY CAN ANSWER")
    states = " · ".join(
        f"{wording.STATE_GLYPH[state]} {count:,} {wording.STATE_WORD[state]}"
        for state, count in wording.duty_states(report.duties)
    )
    partly = wording.partly(report.duties)
    yield from wrapped(f"{wording.plural(len(report.duties), 'duty', 'duties')}: {states}{partly}", style.width)
    for standing in report.duties:
        if standing.state == "not_met":
            yield f"  {wording.STATE_GLYPH['not_met']} " + clip(
                f"{standing.duty.title}: {standing.reason}", style.width - 4
            )
    yield from _gains(report.gains, style)
    if report.cannot_be_known:
        yield from _soft("cannot be known from git: " + ", ".join(report.cannot_be_known), style, "  ")
    if report.not_used:
        yield from _soft("not used: " + "; ".join(report.not_used), style, "  ")


def _gains(gains: tuple[Gain, ...], style: Style) -> Iterator[str]:
    now, later = wording.bringable(gains)
    if now:
        yield _sides("  to know more", "your time      duties", style)
    for gain in now[:_SHOWN_GAINS]:
        right = f"{gain.minutes:>6} min  {f'+{len(gain.duties)}':>8}"
        room = style.width - cells(right) - 6
        yield _sides("    " + clip(f"{gain.command}   {gain.needs}", room), right, style)
    if len(now) > _SHOWN_GAINS:
        yield f"    {wording.plural(len(now) - _SHOWN_GAINS, 'more way')} to know more: trueline duties"
    if later:
        yield from _soft(wording.not_yet(later), style, "  ")


def _sides(left: str, right: str, style: Style) -> str:
    """Return one line with something at each side, two where one has no room for both."""
    gap = style.width - _columns(left) - cells(right)
    if gap < 2:
        return f"{left}\n{_sides('', right, style)}" if left else style.paint("soft", clip(right, style.width))
    return left + " " * gap + style.paint("soft", right)


def _columns(text: str) -> int:
    """Return the columns of a line of ours: only our own colours take none, the rest was made visible."""
    return cells(_COLOUR.sub("", text))


def _soft(text: str, style: Style, margin: str) -> Iterator[str]:
    for line in wrapped(text, style.width - len(margin)):
        yield margin + style.paint("soft", line)
