"""Whose lines a file consists of, kept as runs of lines, and what a difference does to them.

Pure. A run is (how many, origin); the last one never ends, because how long a file was before anybody looked is
not known and does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

EARLIER: Final = -1
"""The origin of lines that were there before anybody looked."""
ENDLESS: Final = 1 << 62


class Run(NamedTuple):
    """Lines that follow each other and came with one change."""

    lines: int
    origin: int


class Hunk(NamedTuple):
    """One range of lines that differs; an empty side begins at the line that it follows."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int


UNKNOWN: Final = (Run(ENDLESS, EARLIER),)


def replace_lines(runs: Iterable[Run], hunks: Iterable[Hunk], origin: int) -> tuple[tuple[Run, ...], dict[int, int]]:
    """Return the runs after a difference, whose new lines are of `origin`, and how many lines of each origin went.

    Hunks come in the order of their lines. Lines from before anybody looked are not counted.
    """
    source = _Source(runs)
    made: list[Run] = []
    gone: dict[int, int] = {}
    reached = 1
    for hunk in hunks:
        begins = hunk.old_start if hunk.old_count else hunk.old_start + 1
        made.extend(source.take(begins - reached))
        for lines, taken in source.take(hunk.old_count):
            if taken != EARLIER:
                gone[taken] = gone.get(taken, 0) + lines
        if hunk.new_count:
            made.append(Run(hunk.new_count, origin))
        reached = begins + hunk.old_count
    made.extend(source.rest())
    return tuple(_joined(made)), gone


class _Source:
    """Runs to take lines from."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self._runs = list(reversed(tuple(runs)))

    def take(self, lines: int) -> list[Run]:
        taken = []
        while lines > 0 and self._runs:
            run = self._runs.pop()
            part = min(lines, run.lines)
            taken.append(Run(part, run.origin))
            lines -= part
            if run.lines >= ENDLESS:  # never shorter, whatever is taken from it
                self._runs.append(run)
            elif run.lines > part:
                self._runs.append(Run(run.lines - part, run.origin))
        return taken

    def rest(self) -> list[Run]:
        return self._runs[::-1]


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Return the runs, neighbours of one origin as one."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].origin == run.origin:
            joined[-1] = Run(min(joined[-1].lines + run.lines, ENDLESS), run.origin)
        elif run.lines:
            joined.append(run)
    return joined
