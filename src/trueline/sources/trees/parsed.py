"""Parse many contents, on two cores where there are many; rows come in chunks, one table at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from trueline.model.table import Row, Table

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

MIN_PARALLEL = 200
"""Fewer contents are parsed here: starting a process costs as much as a dozen documents."""

WORKERS = 2
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
    many = count > MIN_PARALLEL
    for rows in _in_parallel(parser, every) if many else (parse_chunk(parser, chunk) for chunk in every):
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


def _in_parallel(parser: Parser, chunks: Iterable[list[Blob]]) -> Iterator[Rows]:
    """Yield the rows of each chunk in order, a few chunks ahead of the reader."""
    import multiprocessing  # slow to import, and mostly little is new
    from concurrent.futures import ProcessPoolExecutor

    try:
        pool = ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn"))
    except (OSError, ImportError, NotImplementedError):
        yield from (parse_chunk(parser, chunk) for chunk in chunks)
        return
    waiting: deque[tuple[list[Blob], Future[Rows] | None]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, _submitted(pool, parser, chunk)))
            if len(waiting) > 2 * WORKERS:
                yield _result(parser, *waiting.popleft())
        while waiting:
            yield _result(parser, *waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, parser: Parser, chunk: list[Blob]) -> Future[Rows] | None:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return pool.submit(parse_chunk, parser, chunk)
    except (BrokenProcessPool, OSError):
        return None


def _result(parser: Parser, chunk: list[Blob], future: Future[Rows] | None) -> Rows:
    if future is not None:
        from concurrent.futures.process import BrokenProcessPool

        try:
            return future.result()
        except (BrokenProcessPool, OSError):
            pass
    return parse_chunk(parser, chunk)


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
