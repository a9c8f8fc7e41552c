"""A replay for people: the commits that would be told, and how often each rule would speak here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from trueline.app.gate_rules import PREFIX, why_not_blocking
from trueline.app.replaying import Replayed

from ..escape import clip, visible
from ..scan.wording import plural
from ..style import Style

MOST_CHANGES = 5
MOST_BLOCKED = 2.0
"""Commits in a hundred that a rule may stop here before it is better left to advise."""


def replay_text(replayed: Iterable[Replayed], style: Style) -> Iterator[str]:
    """Yield the text of a replay piece by piece, as commits come in; the verdict comes last."""
    verdicts: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    blocked: Counter[str] = Counter()
    for one in replayed:
        verdicts[one.verdict] += 1
        reported.update({change.kind for change in one.weaker})
        blocked.update({change.kind for change in one.weaker if change.confidence == "certain"})
        if one.verdict != "pass":
            yield "".join(f"{line}\n" for line in _commit(one, style))
    yield "".join(f"{line}\n" for line in _summary(verdicts, reported, blocked, style))


def _commit(one: Replayed, style: Style) -> Iterator[str]:
    role = {"block": "high", "report": "medium"}.get(one.verdict, "soft")
    why = f": {one.why_unknown}" if one.why_unknown else ""
    yield style.paint(role, clip(f"{one.commit_id[:12]} {one.verdict}{why}", style.width))
    for change in one.weaker[:MOST_CHANGES]:
        yield f"  {clip(f'{change.kind}  {change.path}: {change.unit}', style.width - 2)}"
        for name, value in (("old", change.old), ("new", change.new)):
            if value:
                yield f"    {name}  {clip(value, style.width - 9)}"
    if len(one.weaker) > MOST_CHANGES:
        yield f"  … {len(one.weaker) - MOST_CHANGES:,} more"


def _summary(verdicts: Counter[str], reported: Counter[str], blocked: Counter[str], style: Style) -> Iterator[str]:
    total = verdicts.total()
    if reported:
        yield ""
        yield style.paint("soft", "commits in 100 that each rule would report, and would stop where it may block")
    for kind, count in sorted(reported.items(), key=lambda item: (-item[1], item[0])):
        share, stopped = 100 * count / total, 100 * blocked[kind] / total
        doubt = why_not_blocking(PREFIX + kind)
        if stopped > MOST_BLOCKED:
            doubt = f"it would stop more than {MOST_BLOCKED:g} in 100 here"
        yield visible(
            f"  {kind:<24}{share:6.2f}{stopped:8.2f}" + (f"  better left to advise: {doubt}" if doubt else "")
        )
    told = ", ".join(f"{verdicts[name]:,} {name}" for name in ("block", "report", "unknown", "pass"))
    yield ""
    yield style.paint("strong", f"{plural(total, 'commit')} replayed: {told}.")
