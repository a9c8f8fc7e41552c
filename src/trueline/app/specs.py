"""Specifications as the gate needs them: what each governs, what it bounds, and what it says of a requirement.

Text is looked at line by line; what a sentence means is not known here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from trueline.sources.trees.decoding import decode

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

MOST_LINES = 6
"""Lines of a section that are shown for each side."""

_HEADING = re.compile(r"(#{1,6})\s")
_REQUIREMENT = re.compile(r"(?<![\w-])[A-Z][A-Za-z0-9_]*(?:[-~.][A-Za-z0-9_]+)*[-~][0-9][A-Za-z0-9_]*(?![\w-])")


@dataclass(frozen=True)
class Spec:
    """One canonical specification."""

    id: str
    title: str
    owner: str
    """`role:<id>`."""
    source_path: str
    paths: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    line: int = 1

    @cached_property
    def _globs(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec  # only where a spec governs paths

        return GitIgnoreSpec.from_lines(self.paths)

    def governs(self, path: str) -> bool:
        """Return True where the file at that path is among those that it governs."""
        return bool(self.paths) and self._globs.match_file(path)


@dataclass(frozen=True)
class SpecPart:
    """What a specification says of one requirement, at both ends of a change."""

    spec: Spec
    requirement: str | None
    """None where the specification is known by the paths that it governs."""
    section: str
    """Heading of the section; empty where the whole document is meant."""
    old: tuple[str, ...]
    new: tuple[str, ...]
    """Lines that differ; where none does, those that speak of the requirement."""
    is_changed: bool


def canonical_specs(rows: Iterable[Mapping[str, Any]]) -> list[Spec]:
    """Return the specifications that prevail, of the records of their kind."""
    return [
        Spec(
            row["spec_id"],
            row["title"],
            row["owner"],
            row["source_path"],
            tuple(row.get("paths") or ()),
            tuple(row.get("parameters") or ()),
            row["source_line"],
        )
        for row in rows
        if row["status"] == "canonical"
    ]


def requirement_ids(text: str) -> frozenset[str]:
    """Return the words of a specification that look like ids of requirements, such as `CART-7`."""
    return frozenset(_REQUIREMENT.findall(text))


def mentions(text: str, requirement: str) -> bool:
    """Return True where a text has an id as a word of its own."""
    return re.search(rf"(?<![\w-]){re.escape(requirement)}(?![\w-])", text) is not None


def part_of(spec: Spec, requirement: str | None, before: bytes | None, after: bytes | None) -> SpecPart:
    """Return what a specification says of a requirement (of anything, where none is named) at both ends."""
    old_section, old = _section(before, requirement)
    new_section, new = _section(after, requirement)
    removed, added = _difference(old, new)
    if removed or added:
        return SpecPart(spec, requirement, new_section or old_section, removed, added, True)
    said = tuple(line for line in old if requirement and mentions(line, requirement))[:MOST_LINES]
    return SpecPart(spec, requirement, old_section, said, said, False)


def _section(content: bytes | None, requirement: str | None) -> tuple[str, list[str]]:
    """Return heading and lines of the innermost section that names the requirement; else of the whole document."""
    lines = [line.strip() for line in decode(content)[0].split("\n")] if content else []
    if requirement is None:
        return "", lines
    at = next((number for number, line in enumerate(lines) if mentions(line, requirement)), None)
    if at is None:
        return "", []
    start = next((number for number in range(at, -1, -1) if _HEADING.match(lines[number])), 0)
    level = _level(lines[start])
    end = next((n for n in range(start + 1, len(lines)) if 0 < _level(lines[n]) <= (level or 6)), len(lines))
    return (lines[start].lstrip("#").strip() if level else ""), lines[start:end]


def _level(line: str) -> int:
    found = _HEADING.match(line)
    return len(found[1]) if found else 0


def _difference(old: list[str], new: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    changes = list(_changed(old, new))
    removed = tuple(line for sign, line in changes if sign == "-")
    added = tuple(line for sign, line in changes if sign == "+")
    return removed[:MOST_LINES], added[:MOST_LINES]


def _changed(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (("-", line) for line in old[i1:i2] if line)
            yield from (("+", line) for line in new[j1:j2] if line)
