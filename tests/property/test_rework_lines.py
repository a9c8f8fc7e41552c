"""Runs of lines agree with a list of lines, however it is edited."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trueline.analyses.rework.lines import EARLIER, UNKNOWN, Hunk, replace_lines

EDITS = st.lists(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 5), st.integers(0, 5)), max_size=4), max_size=8)
"""Differences, each of hunks as (lines that stay before it, lines taken away, new lines)."""

LONG = 400


@given(EDITS)
def test_runs_say_what_the_lines_say(edits: list[list[tuple[int, int, int]]]) -> None:
    lines, runs = [EARLIER] * LONG, UNKNOWN
    for origin, edit in enumerate(edits):
        hunks, after, rest = [], list[int](), lines
        went: Counter[int] = Counter()
        for stay, deleted, added in edit:
            after, rest = after + rest[:stay], rest[stay:]
            old = len(lines) - len(rest)
            hunks.append(Hunk(old + (deleted > 0), deleted, len(after) + (added > 0), added))
            went.update(one for one in rest[:deleted] if one != EARLIER)
            after, rest = after + [origin] * added, rest[deleted:]
        lines = after + rest

        runs, gone = replace_lines(runs, hunks, origin)

        assert gone == dict(went)
        known = [run.origin for run in runs for _ in range(min(run.lines, LONG))]
        assert known[: len(lines)] == lines
        assert all(one.origin != other.origin for one, other in pairwise(runs))
