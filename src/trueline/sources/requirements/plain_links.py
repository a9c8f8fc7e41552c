"""Lines that say what a text is for: `Verifies: REQ-12`, `Parent: SYS-3`, `Derived from: SYS-3, SYS-4`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .importer import Item, Link, Role
from .plain_id import ID, is_plausible
from .prose import Line

_ROLES: dict[str, Role] = {
    "verifies": "verifies",
    "validates": "verifies",
    "tests": "verifies",
    "implements": "covers",
    "satisfies": "covers",
    "fulfils": "covers",
    "fulfills": "covers",
    "covers": "covers",
    "refines": "covers",
    "traces to": "covers",
    "derived from": "covers",
    "derives from": "covers",
    "parent": "covers",
    "parents": "covers",
    "depends on": "depends",
}
"""A document that implements a requirement says in other words what code has to do; only code implements."""

_LINE = re.compile(
    r"\s*(?:[-*+]\s+|>\s*)?[*_]*(?P<word>" + "|".join(_ROLES) + r")(?:\s+requirements?)?[*_]*\s*:(?P<cited>.*)",
    re.IGNORECASE,
)
_CITED = re.compile(rf"(?<![\w-])(?:{ID})(?![\w-])")


def links_of(line: Line) -> list[Link]:
    """Return the links of a line; none where it is no such line."""
    found = _LINE.fullmatch(line.text) if ":" in line.text else None
    if found is None:
        return []
    role = _ROLES[found["word"].lower()]
    cited = {one[0]: one.start() for one in _CITED.finditer(line.text, found.start("cited")) if is_plausible(one[0])}
    return [Link(line.number, start + 1, role, written) for written, start in cited.items()]


def citing_lines(lines: Sequence[Line], inside: frozenset[int]) -> Iterator[Item]:
    """Yield a tag for every such line that stands in no item; `inside` has the indexes of lines that do."""
    for place, line in enumerate(lines):
        links = links_of(line) if place not in inside else []
        if links:
            yield Item(line.number, links[0].col, "tag", None, links[0].role, links=tuple(links))
