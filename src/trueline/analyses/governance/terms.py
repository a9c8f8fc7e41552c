"""Find where a document lists terms one under another: as leads of paragraphs, items, rows of a table or headings.

What the terms are, states or header fields or something else, is for its readers to tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Parsed = Mapping[str, Sequence[Any]]
"""Rows of one document by table, as `sources.trees.documents` gives them."""

FEWEST = 2
_TERM = re.compile(
    r"(?P<mark>[+*?]?)\s*(?P<term>[A-Za-z][\w /.-]{0,39}?)\s*(?:\((?P<aside>[^()]*)\))?\s*(?:[:–—]|\s-\s|$)"
)
_CODE = re.compile(r"\s*(?:[-*]\s+)?(?P<term>[A-Za-z][\w -]{0,39}):(?:\s+(?P<rest>.*)|$)")
_ARROW = re.compile(r"->|→|⟶|=>")
_BARE = " *`_\"'“”[]<>{}."


@dataclass(frozen=True)
class Term:
    """One term with what is said of it."""

    name: str
    said: str
    line: int
    is_set_apart: bool = False
    """True where a mark stands before it, as `+Requires`."""


@dataclass(frozen=True)
class TermList:
    """Terms that one place lists, in order."""

    line: int
    heading: str
    """The heading above them, or of the first column."""
    terms: tuple[Term, ...]

    def names(self) -> list[str]:
        return [one.name for one in self.terms]


def term_lists(parsed: Parsed) -> Iterator[TermList]:
    """Yield every list of two terms or more."""
    headings = {row[0]: row[3] for row in parsed["sections"]}
    for line, terms in (*_leads(parsed), *_headings(parsed), *_code(parsed)):
        if len(terms) >= FEWEST:
            yield TermList(line, headings.get(line, ""), tuple(terms))
    yield from _columns(parsed)


def _leads(parsed: Parsed) -> Iterator[tuple[int, list[Term]]]:
    """Yield what paragraphs and items of one section begin with."""
    found: dict[int, list[Term]] = defaultdict(list)
    for line, _, _, kind, section_line, lead, text in parsed["passages"]:
        if lead is None and kind != "item" and ":" not in text[:42]:
            continue
        match = None if _ARROW.search(text) else _TERM.match(lead or text)
        if match and (lead is None or match.end() >= len(lead.strip())):
            said = text[len(lead) :] if lead else text[match.end() :]
            found[section_line or 0].append(
                Term(match["term"].strip(_BARE), f"{match['aside'] or ''} {said}", line, bool(match["mark"]))
            )
    yield from found.items()


def _headings(parsed: Parsed) -> Iterator[tuple[int, list[Term]]]:
    """Yield the headings right below another one, with the text of their first passage."""
    first = {}
    for row in reversed(parsed["passages"]):
        first[row[4]] = row[6]
    above: list[tuple[int, int]] = []
    found: dict[int, list[Term]] = defaultdict(list)
    for row in parsed["sections"]:
        line, level, heading = row[0], row[2], row[3]
        while above and above[-1][0] >= level:
            above.pop()
        if above:
            found[above[-1][1]].append(Term(heading.strip(_BARE), first.get(line) or "", line))
        above.append((level, line))
    yield from found.items()


def _code(parsed: Parsed) -> Iterator[tuple[int, list[Term]]]:
    """Yield the fields of a header that stands in a block of code."""
    for row in parsed["code_blocks"]:
        matches = [(number, _CODE.match(line)) for number, line in enumerate((row[3] or "").splitlines(), row[0] + 1)]
        yield row[0], [Term(found["term"].strip(), found["rest"] or "", number) for number, found in matches if found]


def _columns(parsed: Parsed) -> Iterator[TermList]:
    """Yield the first column of each table, each cell with the rest of its row."""
    tables: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    heads: dict[int, str] = {}
    for line, table_line, number, name, value in parsed["document_cells"]:
        if number == 1:
            heads.setdefault(table_line, (name or "").strip())
        tables[table_line][line].append((value or "").strip())
    for table_line, rows in tables.items():
        terms = [Term(cells[0].strip(_BARE), " | ".join(cells[1:]), line) for line, cells in rows.items() if cells]
        if len(terms) >= FEWEST:
            yield TermList(table_line, heads.get(table_line, ""), tuple(one for one in terms if one.name))
