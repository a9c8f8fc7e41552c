"""Parse many contents, on two cores where there are many; rows come in chunks, one table at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from trueline.model.table import Row, Table
from trueline.sources.processes import in_processes

MIN_PARALLEL = 200
"""Fewer contents are parsed here: starting a process costs as much as a dozen documents."""

_CHUNK_BLOBS = 50
_CHUNK_BYTES = 2_000_000


@dataclass(frozen=True)
class Parser:
    """How the contents of some files become rows of tree tables, once per content."""

    name: str
    version: int
    """Raised whenever the same bytes give other rows."""
    tables: tuple[Table, ...]
    """As stored: `blob_id` first, without repository and path. The first has a row for every content."""
    dialect: Callable[[bytes], str | None]
    """Return what of a path decides how its content is read (such as `.py`); None where it is not read at all."""
    parse: Callable[[str, bytes], Mapping[str, Sequence[Row]]]
    """Return the rows of one content in a dialect, without `blob_id`; never fails on content. A function of a module."""

    def key(self, path: bytes, blob_id: str) -> str | None:
        """Return what the rows of a file are stored under; None where this parser does not read it."""
        dialect = self.dialect(path)
        return None if dialect is None else blob_id + dialect


@dataclass(frozen=True)
class Blob:
    """One content to be parsed."""

    key: str
    """What its rows are stored under: object id and dialect."""
    dialect: str
    content: bytes


Rows = dict[str, list[Row]]


def parse_blobs(parser: Parser, blobs: Iterable[Blob]) -> Iterator[tuple[Table, list[Row]]]:
    """Yield (table, rows with the key first) for every table of a parser.

    The same content is parsed once. The rows and their order do not depend on how many cores there
    are; where processes cannot be started, or die, the work is done here.
    """
    chunks = _chunks(_distinct(blobs))
    first: list[list[Blob]] = []
    count = 0
    for chunk in chunks:
        first.append(chunk)
        count += len(chunk)
        if count > MIN_PARALLEL:
            break
    every = chain(first, chunks)
    parse = partial(parse_chunk, parser)
    for rows in in_processes(parse, every) if count > MIN_PARALLEL else map(parse, every):
        for table in parser.tables:
            if rows[table.name]:
                yield table, rows[table.name]


def parse_chunk(parser: Parser, blobs: Sequence[Blob]) -> Rows:
    """Return the rows of some contents by table name; runs in a process of its own where there are many."""
    rows: Rows = {table.name: [] for table in parser.tables}
    for blob in blobs:
        for name, found in parser.parse(blob.dialect, blob.content).items():
            rows[name].extend((blob.key, *row) for row in found)
    return rows


def _distinct(blobs: Iterable[Blob]) -> Iterator[Blob]:
    seen: set[str] = set()
    for blob in blobs:
        if blob.key not in seen:
            seen.add(blob.key)
            yield blob


def _chunks(blobs: Iterable[Blob]) -> Iterator[list[Blob]]:
    chunk: list[Blob] = []
    size = 0
    for blob in blobs:
        chunk.append(blob)
        size += len(blob.content)
        if len(chunk) >= _CHUNK_BLOBS or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
