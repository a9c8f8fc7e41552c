"""Parse one Markdown document into rows of the tree tables; a pure function of its bytes.

The parts are found by the modules beside this one; here they only become rows. Where the
document lies and what its links lead to is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trueline.model.table import Row
from trueline.model.tree_tables import PARSED_DOCUMENT_TABLES

from .decoding import decode
from .front_matter import FrontMatter, read_front_matter
from .header import HeaderField
from .header_block import read_header_block
from .links import links
from .markdown import Inline, Reading, read_markdown, row_cells
from .mentions import mentions
from .parsed import Parser
from .passages import passages
from .ragged import ragged_rows
from .sections import Section, count_words, sections
from .term_links import term_links

MAX_CODE_CHARACTERS = 20_000

_ENDINGS = (b".md", b".markdown", b".mdx")


@dataclass(frozen=True)
class ParsedDocument:
    """The rows of one document by table name, without `blob_id`."""

    rows: Mapping[str, Sequence[Row]]


def is_document(path: bytes) -> bool:
    """Return True for the path of a Markdown file."""
    return path.lower().endswith(_ENDINGS)


def parse_document(content: bytes) -> ParsedDocument:
    """Return the rows of a document for every table of `PARSED_DOCUMENT_TABLES`; never fails on content."""
    text, problem = decode(content)
    front = read_front_matter(text)
    reading = read_markdown(_without(front, text))
    inlines = list(reading.inlines())
    both = (*front.fields, *read_header_block(reading, inlines))
    fields = list({(field.line, field.name): field for field in both}.values())
    found = sections(reading, inlines)
    problems = [one for one in (problem, front.problem, reading.problem) if one]
    document: Row = (
        _title(fields, found),
        _header_form(fields),
        text.count("\n") + (not text.endswith("\n") and text != ""),
        count_words(inlines),
        "; ".join(problems) or None,
    )
    return ParsedDocument(
        {
            "documents": [document],
            "document_fields": [(f.line, f.col, f.name, f.value, f.form) for f in fields],
            "sections": [
                (s.line, s.end_line, s.level, s.heading, s.anchor, s.words, list(s.other_anchors)) for s in found
            ],
            "links": [(a.line, a.col, a.kind, a.target, a.text, a.is_planned) for a in links(reading, inlines)],
            "named_paths": [(m.line, m.col, m.name, m.is_planned) for m in mentions(inlines)],
            "passages": [
                (p.line, p.col, p.end_line, p.kind, p.section_line, p.lead, p.text)
                for p in passages(inlines, [section.line for section in found])
            ],
            "document_cells": list(_cells(reading, inlines)),
            "code_blocks": list(_code_blocks(reading)),
            "ragged_rows": ragged_rows(reading, inlines),
            "term_links": list(term_links(inlines)),
        }
    )


def _dialect(path: bytes) -> str | None:
    return "" if is_document(path) else None


def _rows(_: str, content: bytes) -> Mapping[str, Sequence[Row]]:
    return parse_document(content).rows


DOCUMENTS = Parser("documents", 7, PARSED_DOCUMENT_TABLES, _dialect, _rows)


def _without(front: FrontMatter, text: str) -> str:
    """Return the text with the lines of the front matter empty, so that all others keep their number."""
    if not front.end_line:
        return text
    position = 0
    for _ in range(front.end_line):
        position = text.find("\n", position) + 1 or len(text)
    return "\n" * front.end_line + text[position:]


def _title(fields: Sequence[HeaderField], found: Sequence[Section]) -> str | None:
    headings = [section for section in found if section.heading]
    titles = (field.value for field in fields if field.name == "title" and field.value)
    return headings[0].heading if headings else next(titles, None)


def _header_form(fields: Sequence[HeaderField]) -> str:
    forms = {field.form for field in fields}
    return "both" if len(forms) == 2 else next(iter(forms), "none")


def _cells(reading: Reading, inlines: Sequence[Inline]) -> Iterator[Row]:
    texts = {(inline.line, inline.starts[0]): inline.text() for inline in inlines if inline.container == "cell"}
    head: list[str] = []
    table_line = 0
    for token in reading.tokens:
        if token.type == "table_open":
            table_line = 0
        if token.type != "tr_open" or token.map is None:
            continue
        line = token.map[0] + 1
        row = row_cells(reading.lines[line - 1], reading.starts.get(line - 1, 0))
        values = [texts.get((line, start), raw).strip() for start, raw in row]
        if not table_line:
            head, table_line = values, line
            continue
        for number, value in enumerate(values, 1):
            yield line, table_line, number, head[number - 1] if number <= len(head) else None, value


def _code_blocks(reading: Reading) -> Iterator[Row]:
    for token in reading.tokens:
        if token.type not in ("fence", "code_block") or token.map is None:
            continue
        language = token.info.split(maxsplit=1)
        first, last = token.map
        while last > first + 1 and not reading.lines[last - 1].strip() and token.type == "code_block":
            last -= 1
        yield first + 1, last, language[0] if language else None, token.content[:MAX_CODE_CHARACTERS]
