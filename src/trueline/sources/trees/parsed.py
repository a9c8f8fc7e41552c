"""Parse many documents, on two cores where there are many; rows come in chunks, one table at a time."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain

from trueline.model.table import Row, Table
from trueline.model.tree_tables import PARSED_DOCUMENT_TABLES

from .documents import parse_document

MIN_PARALLEL = 200
"""Fewer blobs are parsed here: starting a process costs as much as a dozen documents."""

WORKERS = 2
_CHUNK_BLOBS = 50
_CHUNK_BYTES = 2_000_000

Blob = tuple[str, bytes]
Rows = dict[str, list[Row]]


def parse_blobs(blobs: Iterable[Blob]) -> Iterator[tuple[Table, list[Row]]]:
    """Yield (table, rows with `blob_id` first) for every table of `PARSED_DOCUMENT_TABLES`.

    The same blob is parsed once. The rows and their order do not depend on how many cores there
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
    for rows in _in_parallel(every) if count > MIN_PARALLEL else map(parse_chunk, every):
        for table in PARSED_DOCUMENT_TABLES:
            if rows[table.name]:
                yield table, rows[table.name]


def parse_chunk(blobs: Sequence[Blob]) -> Rows:
    """Return the rows of some blobs by table name; runs in a process of its own where there are many."""
    rows: Rows = {table.name: [] for table in PARSED_DOCUMENT_TABLES}
    for blob_id, content in blobs:
        for name, found in parse_document(content).rows.items():
            rows[name].extend((blob_id, *row) for row in found)
    return rows


def _in_parallel(chunks: Iterable[list[Blob]]) -> Iterator[Rows]:
    """Yield the rows of each chunk in order, a few chunks ahead of the reader."""
    try:
        pool = ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn"))
    except (OSError, ImportError, NotImplementedError):
        yield from map(parse_chunk, chunks)
        return
    waiting: deque[tuple[list[Blob], Future[Rows] | None]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, _submitted(pool, chunk)))
            if len(waiting) > 2 * WORKERS:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, chunk: list[Blob]) -> Future[Rows] | None:
    try:
        return pool.submit(parse_chunk, chunk)
    except (BrokenProcessPool, OSError):
        return None


def _result(chunk: list[Blob], future: Future[Rows] | None) -> Rows:
    if future is not None:
        try:
            return future.result()
        except (BrokenProcessPool, OSError):
            pass
    return parse_chunk(chunk)


def _distinct(blobs: Iterable[Blob]) -> Iterator[Blob]:
    seen: set[str] = set()
    for blob_id, content in blobs:
        if blob_id not in seen:
            seen.add(blob_id)
            yield blob_id, content


def _chunks(blobs: Iterable[Blob]) -> Iterator[list[Blob]]:
    chunk: list[Blob] = []
    size = 0
    for blob in blobs:
        chunk.append(blob)
        size += len(blob[1])
        if len(chunk) >= _CHUNK_BLOBS or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
