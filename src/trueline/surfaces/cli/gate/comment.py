"""The gate's answer as Markdown: one comment on a change, found again by its marker and edited in place.

Text of repositories stands in code spans only, so it can neither mention anybody nor draw anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trueline.app.gated import Gated
from trueline.app.specs import SpecPart

from ..escape import clip, visible
from ..scan.wording import owner_name, plural
from .notices import Notice, notices_of
from .text import compared_line, verdict_line

MARKER = "<!-- trueline-gate -->"
MOST = 50
WIDTH = 200


def comment(gated: Gated) -> str:
    """Return the comment; its first line is the marker."""
    notices = notices_of(gated)
    lines = [MARKER, f"**Trueline gate: {gated.verdict}**", "", _code(verdict_line(gated)), ""]
    for notice in notices[:MOST]:
        lines += [*_notice(notice), ""]
    if len(notices) > MOST:
        lines += [f"… {plural(len(notices) - MOST, 'more notice')}.", ""]
    for one in gated.blocking:
        if one.why_not:
            lines.append(f"- {_code(one.rule)} is set to block and cannot: {_code(one.why_not)} ({_code(one.subject)})")
    lines += [f"- Not known: {_code(text)}" for text in gated.compared.unreadable]
    return "\n".join([*lines, "", f"<sub>{_code(compared_line(gated))}</sub>"]) + "\n"


def _notice(notice: Notice) -> Iterator[str]:
    place = (notice.path or "") + (f":{notice.line}" if notice.line and notice.path else "")
    yield f"- **{notice.level}** {_code(notice.rule)}" + (f" at {_code(place)}" if place else "")
    yield f"  {_code(notice.message)}"
    for name, value in (("old", notice.old), ("new", notice.new)):
        if value:
            yield f"  - {name}: {_code(value)}"
    for part in notice.parts:
        yield from _part(part)
    owner = f"for {_code(owner_name(notice.owner))}: " if notice.owner else ""
    yield f"  - {owner}{_code(notice.fix)}"


def _part(part: SpecPart) -> Iterator[str]:
    yield f"  - {_code(f'{part.spec.id} {part.spec.title}' + (f', {part.section}' if part.section else ''))}"
    if part.is_changed:
        yield from (f"    - was: {_code(line)}" for line in part.old)
        yield from (f"    - is: {_code(line)}" for line in part.new)
    else:
        yield from (f"    - says: {_code(line)}" for line in part.new)


def _code(text: str) -> str:
    """Return text as a code span that it cannot leave."""
    shown = clip(visible(text), WIDTH) if len(text) > WIDTH * 3 else visible(text)
    ticks = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    padding = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{ticks}{padding}{shown}{padding}{ticks}" if shown else ""
