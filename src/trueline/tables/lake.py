"""The lake: append-only batches of evidence as Parquet files, made visible by manifests.

    <lake>/<table>/<source>/<sequence>-<digest>.parquet
    <lake>/_manifests/<sequence>-<sha256>.json
    <lake>/_writing/                    of the one writer; whatever a dead one left is swept

A collection that is killed at any moment leaves no manifest, and files without one do not exist
for readers. Two collections at once take turns.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from trueline.model.errors import LakeRefused
from trueline.model.table import Row, Table

from .engine import Database
from .json_lines import JsonLines, select_rows, text_literal
from .manifest import BatchFile, Manifest, read_manifest

WRITERS = 2
"""Tables written side by side, each by one thread: memory then stays flat however many rows come."""

ROW_GROUP = 8_192
"""Rows that a writer holds before they go to the file: 10,000 commits then take as much memory as any number."""


class Lake:
    """Batches under one directory; it is made when first written."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def manifests(self, known_at: datetime | None = None) -> dict[str, Manifest]:
        """Return the newest manifest of each source, as known at an instant. Raises LakeRefused."""
        newest: dict[str, Manifest] = {}
        for path in self._manifest_paths():
            manifest = read_manifest(path)
            if known_at is None or manifest.collected_at <= known_at:
                newest[manifest.source] = manifest
        return newest

    def _manifest_paths(self) -> list[Path]:
        folder = self.root / "_manifests"
        try:
            return sorted(path for path in folder.iterdir() if path.suffix == ".json")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise LakeRefused(f"{self.root} cannot be read: {error.strerror}") from error

    @contextmanager
    def collection(self, source: str) -> Iterator[Collection]:
        """Hold the writer's lock and yield a collection to fill and publish.

        Leaving without `publish` leaves the lake as it was.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with (self.root / "_lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                writing = self.scratch
                shutil.rmtree(writing, ignore_errors=True)
                try:
                    writing.mkdir()
                    yield Collection(self, source, writing)
                finally:
                    shutil.rmtree(writing, ignore_errors=True)
        except OSError as error:
            raise LakeRefused(_why(self.root, error)) from error

    @property
    def scratch(self) -> Path:
        """Where whoever holds the writer's lock puts what is needed for a while; the next one sweeps what a dead one left."""
        return (self.root / "_writing").resolve()

    def next_sequence(self) -> int:
        paths = self._manifest_paths()
        return int(paths[-1].name.partition("-")[0]) + 1 if paths else 1


class Collection:
    """Rows of one source on their way into the lake."""

    def __init__(self, lake: Lake, source: str, folder: Path) -> None:
        self._lake = lake
        self._source = source
        self._folder = folder
        self._lines: dict[str, JsonLines] = {}
        self.previous = lake.manifests().get(source)
        """What counted for this source before; None at first."""

    @property
    def cursor(self) -> Mapping[str, Any]:
        """Where the last collection of this source ended; empty at first."""
        return self.previous.cursor if self.previous else {}

    @property
    def rows(self) -> dict[str, int]:
        """Rows taken so far, by table."""
        return {name: lines.rows for name, lines in self._lines.items()}

    def changes(self, replaces: frozenset[str]) -> bool:
        """Say whether publishing now would change any row."""
        live = self.previous.live if self.previous else ()
        for name, lines in self._lines.items():
            known = [file.digest for file in live if file.table == name]
            if lines.rows and (known != [lines.digest] if name in replaces else known[-1:] != [lines.digest]):
                return True
        return False

    def emit(self, table: Table, rows: Sequence[Row]) -> None:
        """Take rows of one table."""
        if table.name not in self._lines:
            self._lines[table.name] = JsonLines(table, self._folder / f"{table.name}.jsonl")
        self._lines[table.name].write(rows)

    def publish(
        self,
        *,
        collected_at: datetime,
        cursor: Mapping[str, Any],
        tables: Sequence[Table],
        replaces: frozenset[str] = frozenset(),
        is_partial: bool = False,
        notes: Sequence[str] = (),
    ) -> Manifest:
        """Make all rows visible at once and return the manifest.

        A batch whose rows are those of the newest one is not written again; one whose rows are those of an
        earlier batch is, and takes its place: what was said last counts.
        """
        sequence = self._lake.next_sequence()
        for orphan in self._lake.root.glob(f"*/*/{sequence:012d}-*.parquet"):
            orphan.unlink()  # of one that was killed before its manifest
        live = list(self.previous.live) if self.previous else []
        new: list[JsonLines] = []
        for name, lines in self._lines.items():
            lines.close()
            digest = lines.digest
            known = [file for file in live if file.table == name]
            if name in replaces and [file.digest for file in known] == [digest]:
                continue
            if name in replaces:
                live = [file for file in live if file.table != name]
            elif [file.digest for file in known[-1:]] == [digest]:
                continue
            if lines.rows:
                live = [file for file in live if (file.table, file.digest) != (name, digest)]
                new.append(lines)
        with ThreadPoolExecutor(WRITERS) as pool:
            live += pool.map(lambda lines: self._write(lines, sequence), new)
        live = [file for file in live if file.table not in replaces - self._lines.keys()]
        manifest = Manifest(
            sequence=sequence,
            source=self._source,
            collected_at=collected_at,
            cursor=dict(cursor),
            live=tuple(live),
            tables=tuple(sorted({table.name for table in tables})),
            is_partial=is_partial,
            notes=tuple(notes),
            counted=self.rows,
        )
        self._make_visible(manifest)
        return manifest

    def _write(self, lines: JsonLines, sequence: int) -> BatchFile:
        table, digest = lines.table, lines.digest
        relative = Path(table.name) / _safe(self._source) / f"{sequence:012d}-{digest[:16]}.parquet"
        written = self._folder / f"{table.name}.parquet"
        database = Database.building(spill=self._folder / f"{table.name}.spill")
        try:
            database.execute("set threads = 1")
            database.execute(
                f"copy (select *, {sequence}::bigint as batch_seq, false as deleted from ({select_rows(lines)}))"
                f" to {text_literal(str(written))} (format parquet, compression zstd, row_group_size {ROW_GROUP})"
            )
        except LakeRefused as error:
            raise LakeRefused(f"table {table.name}: {error.message}; nothing was published") from error
        finally:
            database.close()
        final = self._lake.root / relative
        final.parent.mkdir(parents=True, exist_ok=True)
        sync(written)
        written.replace(final)
        sync(final.parent)
        return BatchFile(table.name, str(relative), lines.rows, digest, table.schema_version, sequence)

    def _make_visible(self, manifest: Manifest) -> None:
        folder = self._lake.root / "_manifests"
        folder.mkdir(exist_ok=True)
        written = self._folder / manifest.file_name
        written.write_text(manifest.to_json(), encoding="utf-8")
        sync(written)
        written.replace(folder / manifest.file_name)
        sync(folder)


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file or directory, whatever happens next."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _safe(source: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", lambda m: f"%{ord(m[0]):02x}", source)


def _why(root: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"the disk that holds {root} is full; nothing was published"
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return f"{root} cannot be written: {error.strerror}"
    return f"{root}: {error.strerror or error}; nothing was published"
