"""Count the lines between contents, for pairs of which nobody knows them yet.

Which pairs those are is told by whoever asks. A row is a function of two contents and of the
pinned settings, so it outlives force-push and rebase and is shared by all repositories of a lake.
Either git answers for every pair whose contents are here, or nothing is published.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any, NamedTuple

from trueline.model.line_tables import BLOB_HUNKS, BLOB_LINES, LINE_TABLES
from trueline.model.table import Row, Table
from trueline.sources.collectors.base import Collected, Emit
from trueline.sources.git import Repository
from trueline.sources.git.run import PINS as GIT_PINS

from .difference import differences
from .pair import Difference, Pair
from .presence import presence
from .store import content_store

PINS = f"{GIT_PINS['diff.algorithm']}-1"
"""The number is raised whenever the same pair gives other rows."""

PROCESSES = 2
CHUNK_SIZES = (2_000, 2_000, 4_000, 4_000, 8_000)
"""Pairs of each chunk; the last size goes on. Long chunks use what git has unpacked, small histories need short ones."""


def source_name() -> str:
    """Return the name of the source: one for all repositories."""
    return f"git-lines/{PINS}"


@dataclass(frozen=True)
class GitLinesCollector:
    """Counts the lines of one repository's pairs."""

    repository: Repository
    name: str
    pairs: Iterable[Pair]
    """Those not known yet, in an order that keeps versions of one file together."""
    repositories: frozenset[str]
    """All that the lake is about; what was missing in others is forgotten."""
    scratch: Path | None = None
    """Where contents are laid side by side for a while; None is the system's temporary directory."""
    chunk_sizes: Sequence[int] = CHUNK_SIZES

    @property
    def source(self) -> str:
        return source_name()

    @property
    def tables(self) -> tuple[Table, ...]:
        return LINE_TABLES

    def collect(self, cursor: Mapping[str, Any], emit: Emit) -> Collected:
        """Push the lines of every pair whose contents are here.

        Raises:
            GitRefused: git failed, or did not answer for every pair.
        """
        counted = {BLOB_LINES.name: 0, BLOB_HUNKS.name: 0}
        missing = 0
        for chunk in self._counted():
            lines = [_line_row(pair, difference) for pair, difference in chunk.found]
            hunks = [row for pair, difference in chunk.found for row in _hunk_rows(pair, difference)]
            for table, rows in ((BLOB_LINES, lines), (BLOB_HUNKS, hunks)):
                emit(table, rows)
                counted[table.name] += len(rows)
            missing += chunk.missing
        known = {name: count for name, count in cursor.get("missing", {}).items() if name in self.repositories}
        lacking = {name: count for name, count in sorted((known | {self.name: missing}).items()) if count}
        return Collected(
            cursor={"missing": lacking},
            counted=counted,
            is_partial=bool(lacking),
            notes=tuple(
                f"{name}: the lines of {count:,} changes are not known, because this copy lacks their contents"
                for name, count in lacking.items()
            ),
        )

    def _counted(self) -> Iterator[_Chunk]:
        """Yield chunk after chunk, in order, while the following ones are being counted."""
        waiting: deque[Future[_Chunk]] = deque()
        with ThreadPoolExecutor(PROCESSES) as threads:
            try:
                for pairs in _chunks(self.pairs, self.chunk_sizes):
                    waiting.append(threads.submit(self._count, pairs))
                    if len(waiting) > PROCESSES:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                threads.shutdown(cancel_futures=True)

    def _count(self, pairs: Sequence[Pair]) -> _Chunk:
        digits = len(pairs[0].commit_id)
        with content_store(self.repository, digits, self.scratch) as store:
            submodules, missing = presence(store.git, pairs)
            here = [pair for pair in pairs if pair.old not in missing and pair.new not in missing]
            found = differences(store, here, submodules)
        return _Chunk([(pair, found[number]) for number, pair in enumerate(here)], len(pairs) - len(here))


class _Chunk(NamedTuple):
    found: list[tuple[Pair, Difference]]
    missing: int
    """Pairs of which a content is not here."""


def _chunks(pairs: Iterable[Pair], sizes: Sequence[int]) -> Iterator[list[Pair]]:
    following = iter(pairs)
    for size in chain(sizes, repeat(sizes[-1])):
        if not (chunk := list(islice(following, size))):
            return
        yield chunk


def _line_row(pair: Pair, difference: Difference) -> Row:
    added, deleted, is_binary, hunks = difference
    return (pair.old, pair.new, added, deleted, is_binary, None if hunks is None else len(hunks), PINS)


def _hunk_rows(pair: Pair, difference: Difference) -> Iterator[Row]:
    for position, hunk in enumerate(difference.hunks or (), start=1):
        yield (pair.old, pair.new, position, *hunk)
