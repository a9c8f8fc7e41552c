"""What the past of a repository lets a rule of the gate do: one that would have stopped too much of it reports.

Scans and replays judged that past and kept what they found in the user's cache; here it is only read, so
the gate stays quick. Too little of it is unknown, and what is unknown does not block unless the settings say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from trueline.model.enforcement import CHANGE_KINDS
from trueline.model.errors import TruelineError
from trueline.settings.settings import GateSetting
from trueline.sources.git import Repository

from .gate_rules import EXACT, PREFIX, why_not_blocking
from .judged import landed_before
from .replay_store import ReplayStore

REPLAYED = frozenset(PREFIX + kind for kind in CHANGE_KINDS) - EXACT
"""The rules that a replay speaks of; the others need the specifications of their day."""


@dataclass(frozen=True)
class Past:
    """What the gate would have done to what landed in the year before a base."""

    judged: int = 0
    """Landed changes of which it is known."""
    stopped: Mapping[str, int] = field(default_factory=dict)
    """By rule: how many of them it would have stopped, for certain."""


def past_of(git: Repository | None, base: str | None, folder: Path, now: datetime) -> Past:
    """Return what is stored of the landed changes up to a base; nothing where there is no history."""
    if git is None or base is None:
        return Past()
    store = ReplayStore(folder)
    try:
        found = [store.get(commit.key) for commit in landed_before(git, base, now)]
    except TruelineError:
        return Past()
    known = [judged for judged in found if judged is not None and not judged.unreadable]
    certain = ({PREFIX + one["kind"] for one in judged.weaker if one["confidence"] == "certain"} for judged in known)
    return Past(len(known), Counter(rule for rules in certain for rule in rules))


def why_not_yet(rule: str, past: Past, setting: GateSetting) -> str | None:
    """Return why the past does not let a rule block; None where it does."""
    if rule not in REPLAYED or past.judged < setting.judged_changes:
        if setting.without_replay == "block":
            return None
        if rule not in REPLAYED:
            return "no replay tells how often it would have spoken; gate.without_replay says whether it blocks all the same"
        return (
            f"{past.judged:,} landed changes of the past year are judged here and {setting.judged_changes:,} are needed;"
            " trueline scan judges them, and gate.without_replay says what to do meanwhile"
        )
    stopped = past.stopped.get(rule, 0)
    if stopped <= setting.stopped_share * past.judged:
        return None
    most = f"{100 * setting.stopped_share:g}"
    return (
        f"it would have stopped {stopped:,} of the {past.judged:,} landed changes of the past year that are judged,"
        f" more than {most} in 100"
    )


def permission(setting: GateSetting, past: Callable[[], Past]) -> Callable[[str], str | None]:
    """Return the question why a rule may not block: its precision first, then the past, which is asked for once."""
    known = cache(past)

    def why_not(rule: str) -> str | None:
        if (reason := why_not_blocking(rule)) is not None or rule in EXACT:
            return reason
        return why_not_yet(rule, known(), setting)

    return why_not
