"""Which files a change touches, and the ledgers of both its sides.

Two trees are compared by path and content alone; that something was renamed does not matter, because
ledgers are matched over the whole change.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from trueline.model.enforcement import Ledger
from trueline.sources.enforcement.read import read_ledger, selects
from trueline.sources.git import display_path
from trueline.sources.trees.tree import MAX_READ_BYTES, Entry, Tree

PARALLEL_BYTES = 200_000
"""With less to read on each side, starting a process takes longer than it saves."""


@dataclass(frozen=True)
class ChangedFile:
    """A path whose content is another at the head; an end is None where it is not there."""

    path: str
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True)
class Contents:
    """What changed files hold, by path; None where it could not be read."""

    before: dict[str, bytes | None]
    after: dict[str, bytes | None]


def changed_files(before: Tree, after: Tree) -> list[ChangedFile]:
    """Return every path whose content or kind is not the same in both trees, ordered by path."""
    old = {entry.path: entry for entry in before.entries()}
    new = {entry.path: entry for entry in after.entries()}
    changed = [
        ChangedFile(display_path(path), old.get(path), new.get(path))
        for path in sorted(old.keys() | new.keys())
        if not _is_same(old.get(path), new.get(path))
    ]
    return _without_equal(changed, before, after)


def contents_of(files: Iterable[ChangedFile], before: Tree, after: Tree) -> Contents:
    """Read both sides of changed files, each in one go. Links are not followed: they are no files."""
    files = list(files)
    return Contents(
        _read(before, [file.before for file in files if file.before]),
        _read(after, [file.after for file in files if file.after]),
    )


def ledgers_of_both(contents: Contents) -> tuple[list[Ledger], list[Ledger]]:
    """Return what the files of both sides enforce; the base in a process of its own where there is much to read."""
    size = sum(len(content or b"") for path, content in contents.after.items() if selects(path))
    if size < PARALLEL_BYTES:
        return ledgers_of(contents.before), ledgers_of(contents.after)
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            before = pool.submit(ledgers_of, contents.before)
            after = ledgers_of(contents.after)
            return before.result(), after
    except (BrokenProcessPool, OSError, ImportError, NotImplementedError):
        return ledgers_of(contents.before), ledgers_of(contents.after)


def ledgers_of(contents: dict[str, bytes | None]) -> list[Ledger]:
    """Return what the files of one side enforce; what cannot be read says so in its ledger."""
    return [ledger_of(path, content) for path, content in contents.items() if selects(path)]


def ledger_of(path: str, content: bytes | None) -> Ledger:
    """Return what a file enforces."""
    if content is None:
        return Ledger(path, "", problem=f"its content is missing, or larger than {MAX_READ_BYTES:,} bytes")
    return read_ledger(path, content)


def _is_same(one: Entry | None, other: Entry | None) -> bool:
    return one is not None and other is not None and (one.blob_id, one.kind) == (other.blob_id, other.kind)


def _without_equal(changed: Sequence[ChangedFile], before: Tree, after: Tree) -> list[ChangedFile]:
    """Leave out what only seems to differ: ids of two kinds (SHA-1 and SHA-256) cannot be compared."""
    doubtful = [
        file
        for file in changed
        if file.before
        and file.after
        and file.before.kind == file.after.kind
        and len(file.before.blob_id) != len(file.after.blob_id)
    ]
    if not doubtful:
        return list(changed)
    read = contents_of(doubtful, before, after)
    equal = {f.path for f in doubtful if read.before.get(f.path) == read.after.get(f.path) is not None}
    return [file for file in changed if file.path not in equal]


def _read(tree: Tree, entries: Sequence[Entry]) -> dict[str, bytes | None]:
    return {entry.display_path: content for entry, content in tree.read(e for e in entries if e.kind == "file")}
