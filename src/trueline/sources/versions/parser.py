"""Parse one content of a document into its header, its sections and what each demands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trueline.model.table import Row
from trueline.model.version_tables import PARSED_VERSION_TABLES
from trueline.sources.requirements.normative import demands, digest
from trueline.sources.trees.decoding import decode
from trueline.sources.trees.documents import is_document, parse_document
from trueline.sources.trees.front_matter import read_front_matter
from trueline.sources.trees.parsed import Parser

_FIELD_LINES = 40
"""A header ends well before that; its lines are no text of the first section."""


def parse_version(_: str, content: bytes) -> Mapping[str, Sequence[Row]]:
    """Return the rows of one content for every table of `PARSED_VERSION_TABLES`."""
    parsed: Mapping[str, Sequence[Any]] = parse_document(content).rows
    (document,) = parsed["documents"]
    fields = [(line, name, value) for line, _, name, value, _ in parsed["document_fields"]]
    text, _problem = decode(content)
    header_lines = {line for line, *_ in fields if line <= _FIELD_LINES}
    header_lines.update(range(1, read_front_matter(text).end_line + 1))
    return {
        "document_versions": [(document[0], document[4])],
        "version_fields": fields,
        "version_sections": list(_sections(text.split("\n"), parsed["sections"], header_lines)),
    }


def _sections(lines: Sequence[str], headings: Sequence[Any], header_lines: set[int]) -> Iterator[Row]:
    """Yield each section with its own text: up to the next heading of any level."""
    starts: list[tuple[int, str, str]] = [(0, "", ""), *((row[0], row[4], row[3]) for row in headings)]
    for (line, anchor, heading), following in zip(starts, [*starts[1:], (len(lines) + 1, "", "")], strict=True):
        own = [
            text for number, text in enumerate(lines[line : following[0] - 1], line + 1) if number not in header_lines
        ]
        body = "\n".join(own).strip()
        if line or body:
            yield line, anchor, heading, digest(" ".join(body.split())), list(demands(body))


def _dialect(path: bytes) -> str | None:
    return "" if is_document(path) else None


VERSIONS = Parser("versions", 1, PARSED_VERSION_TABLES, _dialect, parse_version)
