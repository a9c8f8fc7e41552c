"""Decide who is declared owner of each file, and what each line of CODEOWNERS does.

In each section (by GitHub's rules there is one) the last line that matches wins, even when it
names nobody; a line that the forge skips matches nothing. What an exclusion of GitLab's matches
is out of its section for good, wherever the exclusion stands. Whether owners exist or may write
is not known here, nor whether they work on what they own: view `declared_owner_work` says that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trueline.sources.trees.codeowners import Dialect, OwnersLine, compile_pattern

from .matching import PathIndex

Decisions = dict[int, int]
"""Position of a path -> the number of a line."""


@dataclass(frozen=True)
class LineUse:
    """What one line does."""

    line: OwnersLine
    matched_files: int
    effective_files: int
    shadowed_by_line: int | None
    cleared_files: int
    """Files for which it decides and names nobody, though an earlier line of its section names an owner."""
    cleared_from_line: int | None
    """The earlier line that names the owners of most of these."""


def assign(paths: Sequence[str], lines: Iterable[OwnersLine]) -> tuple[list[OwnersLine | None], list[LineUse]]:
    """Return the one line that decides for each path by GitHub's rules, and what each line does."""
    deciding, uses = assign_sections(paths, lines, "github")
    return [deciding_line(deciders) for deciders in deciding], uses


def deciding_line(deciders: Sequence[OwnersLine]) -> OwnersLine | None:
    """Return the last of the lines that names an owner, else the last; None without lines."""
    return max(deciders, key=lambda line: (bool(line.owners), line.line), default=None)


def assign_sections(
    paths: Sequence[str], lines: Iterable[OwnersLine], dialect: Dialect
) -> tuple[list[tuple[OwnersLine, ...]], list[LineUse]]:
    """Return the deciding lines of each path, one for each section at most, and what each line does.

    Paths keep their order, the deciding lines that of the sections.
    """
    in_order = sorted(lines, key=lambda line: line.line)
    index = PathIndex(paths)
    matched = [_matched(line, index, dialect) for line in in_order]
    sections: dict[str | None, list[int]] = defaultdict(list)
    for number, line in enumerate(in_order):
        sections[line.section].append(number)
    deciding: list[tuple[OwnersLine, ...]] = [()] * len(paths)
    uses: dict[int, LineUse] = {}
    for numbers in sections.values():
        decided, section_uses = _section(numbers, in_order, matched)
        for position, number in decided.items():
            deciding[position] = (*deciding[position], in_order[number])
        uses |= section_uses
    return deciding, [uses[number] for number in range(len(in_order))]


def _section(
    numbers: Sequence[int], lines: Sequence[OwnersLine], matched: Sequence[list[int]]
) -> tuple[Decisions, dict[int, LineUse]]:
    """Return the deciding line of each path in one section, and what the lines of the section do."""
    decided: Decisions = {}
    given: Decisions = {}
    excluded: Decisions = {}
    for number in numbers:
        line = lines[number]
        target = excluded if line.kind == "exclusion" else decided
        target.update(dict.fromkeys(matched[number], number))
        if line.owners:
            given.update(dict.fromkeys(matched[number], number))
    effective = Counter(number for position, number in excluded.items() if position in decided)
    decided |= excluded
    effective.update(number for position, number in decided.items() if position not in excluded)
    cleared: dict[int, Counter[int]] = defaultdict(Counter)
    for position, number in decided.items():
        if position in given and not lines[number].owners and position not in excluded:
            cleared[number][given[position]] += 1
    uses = {
        number: LineUse(
            lines[number],
            len(matched[number]),
            effective[number],
            _shadow(number, matched[number], effective[number], decided, lines),
            cleared[number].total() if number in cleared else 0,
            _most(cleared[number], lines) if number in cleared else None,
        )
        for number in numbers
    }
    return decided, uses


def _matched(line: OwnersLine, index: PathIndex, dialect: Dialect) -> list[int]:
    if line.problem is not None or not line.pattern:
        return []
    return index.matching(line.pattern, compile_pattern(line.pattern, dialect))


def _shadow(
    number: int, positions: Sequence[int], effective: int, decided: Decisions, lines: Sequence[OwnersLine]
) -> int | None:
    """Return the other line that takes most of the files."""
    if not positions or effective:
        return None
    takers = Counter(decided[position] for position in positions)
    return _most(takers, lines) if set(takers) != {number} else None


def _most(counts: Counter[int], lines: Sequence[OwnersLine]) -> int:
    """Return the line of the number that is counted most often; the last of equals."""
    return lines[max(counts, key=lambda number: (counts[number], number))].line
