"""Parse one content of a document into its header, its sections and what each demands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from trueline.model.table import Row
from trueline.model.version_tables import PARSED_VERSION_TABLES
from trueline.sources.requirements.normative import demands, digest, speaks_in_capitals
from trueline.sources.trees.decoding import decode
from trueline.sources.trees.documents import is_document, parse_document
from trueline.sources.trees.front_matter import read_front_matter
from trueline.sources.trees.parsed import Parser
from trueline.sources.trees.sections import slug

_FIELD_LINES = 60
"""A header ends well before that; its lines are no text of the first section."""
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*)|$)")
_UNDERLINE = re.compile(r" {0,3}(={2,}|-{3,})[ \t]*\r?$")
_BLOCK = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]\s|```|~~~|<)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")
_NUMBERING = re.compile(r"^(?:[\dA-Z]{1,3}\.)+\s*|^\d+\s+")
_DEFINES = re.compile(r"\b(?:glossary|definitions?|terminology|terms|vocabulary)\b", re.IGNORECASE)


def parse_version(_: str, content: bytes) -> Mapping[str, Sequence[Row]]:
    """Return the rows of one content for every table of `PARSED_VERSION_TABLES`."""
    text, _problem = decode(content)
    lines = text.split("\n")
    front_end = read_front_matter(text).end_line
    found = list(_headings(lines, front_end))
    # The header ends at the second heading at the latest, so nothing below it need be parsed in full.
    top = found[1].line - 1 if len(found) > 1 else len(lines)
    parsed: Mapping[str, Sequence[Any]] = parse_document(
        "\n".join(lines[: min(top, front_end + _FIELD_LINES)]).encode()
    ).rows
    (document,) = parsed["documents"]
    fields = [(line, name, value) for line, _, name, value, _ in parsed["document_fields"]]
    header_lines = {line for line, *_ in fields if line <= front_end + _FIELD_LINES}
    header_lines.update(range(1, front_end + 1))
    return {
        "document_versions": [(document[0], document[4])],
        "version_fields": fields,
        "version_sections": list(_sections(lines, found, header_lines)),
    }


@dataclass(frozen=True)
class _Heading:
    """A heading as it stands; `last` is its line too, unless it is underlined."""

    line: int
    last: int
    text: str
    level: int


def _headings(lines: Sequence[str], front_end: int) -> Iterator[_Heading]:
    """Yield each heading outside the front matter and outside fences."""
    fence = ""
    for number, line in enumerate(lines[front_end:], front_end + 1):
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif fence:
            continue
        elif found := _ATX.match(line):
            yield _Heading(number, number, _plain(found[2] or ""), len(found[1]))
        elif (under := _UNDERLINE.match(line)) and number > front_end + 1 and _is_one_line(lines, number - 1):
            yield _Heading(number - 1, number, _plain(lines[number - 2]), 1 if under[1][0] == "=" else 2)


def _is_one_line(lines: Sequence[str], number: int) -> bool:
    """Return True where a line is a paragraph of its own, as a heading that is underlined is."""
    is_text = bool(lines[number - 1].strip()) and not _BLOCK.match(lines[number - 1])
    return is_text and (number == 1 or not lines[number - 2].strip())


def _plain(heading: str) -> str:
    return re.sub(r"[*`]|\s+#+\s*$|\s*\{#[^{}]*\}\s*$", "", _LINK.sub(r"\1", heading)).strip()


def _sections(lines: Sequence[str], headings: Sequence[_Heading], header_lines: set[int]) -> Iterator[Row]:
    """Yield each section with its own text: up to the next heading of any level."""
    starts = [_Heading(0, 0, "", 0), *headings]
    ends = [*(one.line for one in headings), len(lines) + 1]
    used: Counter[str] = Counter()
    in_capitals = speaks_in_capitals("\n".join(lines))
    for one, end, purposes in zip(starts, ends, _purposes(starts), strict=True):
        own = [
            text for number, text in enumerate(lines[one.last : end - 1], one.last + 1) if number not in header_lines
        ]
        body = "\n".join(own).strip()
        anchor = slug(one.text) + (f"-{used[one.text]}" if used[one.text] else "")
        used[one.text] += 1
        if one.line or body:
            said = () if "explains" in purposes else _demands(body, "defines" in purposes, in_capitals)
            yield one.line, anchor if one.line else "", one.text, digest(" ".join(body.split())), list(said)


def _purposes(headings: Sequence[_Heading]) -> Iterator[set[str]]:
    """Yield what each section is for by its heading and by those above it; the title of a document is for all and none."""
    above: list[tuple[int, str]] = []
    for place, one in enumerate(headings):
        above = [(level, purpose) for level, purpose in above if level < one.level]
        own = _purpose(one.text)
        yield {own, *(purpose for _, purpose in above)}
        if place != 1 or one.level > 1:
            above.append((one.level, own))


def _purpose(heading: str) -> str:
    plain = _NUMBERING.sub("", heading).strip(" .:").lower()
    if _informative().fullmatch(plain):
        return "explains"
    return "defines" if _DEFINES.search(heading) else ""


@cache
def _informative() -> re.Pattern[str]:
    """Return what matches the headings of sections that bind nobody; a star stands for further words."""
    lines = Path(__file__).with_name("informative_headings.txt").read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(re.escape(one).replace(r"\*", ".*") for one in lines if one and not one.startswith("#")))


@lru_cache(maxsize=8192)
def _demands(body: str, is_definition: bool, in_capitals: bool) -> tuple[str, ...]:
    """Return what a section demands; most sections of a version are those of the version before."""
    return demands(body, is_definition, in_capitals)


def _dialect(path: bytes) -> str | None:
    return "" if is_document(path) else None


VERSIONS = Parser("versions", 4, PARSED_VERSION_TABLES, _dialect, parse_version)
