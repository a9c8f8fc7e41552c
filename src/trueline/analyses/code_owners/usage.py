"""Decide who is declared owner of each file, and what each line of CODEOWNERS does.

The last line that matches wins, even when it names nobody; a line that the forge skips matches
nothing. Whether owners exist or may write is not known here, nor whether they work on what they
own: view `declared_owner_work` says that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trueline.sources.trees.codeowners import OwnersLine, compile_pattern

from .matching import PathIndex


@dataclass(frozen=True)
class LineUse:
    """What one line does."""

    line: OwnersLine
    matched_files: int
    effective_files: int
    shadowed_by_line: int | None


def assign(paths: Sequence[str], lines: Iterable[OwnersLine]) -> tuple[list[OwnersLine | None], list[LineUse]]:
    """Return the deciding line of each path, in order, and what each line does."""
    in_order = sorted(lines, key=lambda line: line.line)
    index = PathIndex(paths)
    matched = [_matched(line, index) for line in in_order]
    deciding: list[int | None] = [None] * len(paths)
    for number, positions in enumerate(matched):
        for position in positions:
            deciding[position] = number
    effective = Counter(number for number in deciding if number is not None)
    uses = [
        LineUse(line, len(positions), effective[number], _shadow(positions, effective[number], deciding, in_order))
        for number, (line, positions) in enumerate(zip(in_order, matched, strict=True))
    ]
    return [None if number is None else in_order[number] for number in deciding], uses


def _matched(line: OwnersLine, index: PathIndex) -> list[int]:
    if line.problem is not None or not line.pattern:
        return []
    return index.matching(line.pattern, compile_pattern(line.pattern))


def _shadow(
    positions: Sequence[int], effective: int, deciding: Sequence[int | None], lines: Sequence[OwnersLine]
) -> int | None:
    """Return the later line that takes most of the files; the last of equals."""
    if not positions or effective:
        return None
    takers = Counter(number for position in positions if (number := deciding[position]) is not None)
    return lines[max(takers, key=lambda number: (takers[number], number))].line
