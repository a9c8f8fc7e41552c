"""Which files a change touches, and the ledgers of both its sides.

Two trees are compared by path and content alone; that something was renamed does not matter, because
ledgers are matched over the whole change.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
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
    """Return what the files of both sides enforce; half of the files in a process of its own where there is much to read.

    Both sides of a file are read by one process, which remembers what did not change.
    """
    halves = _halves(contents)
    size = sum(len(content or b"") for path, content in contents.after.items() if selects(path))
    if size < PARALLEL_BYTES or not all(half.before or half.after for half in halves):
        return _both(contents)
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            other = pool.submit(_both, halves[1])
            read = (_both(halves[0]), other.result())
    except (BrokenProcessPool, OSError, ImportError, NotImplementedError):
        return _both(contents)
    before, after = ({one.path: one for part in read for one in part[side]} for side in (0, 1))
    return (
        [before[path] for path in contents.before if path in before],
        [after[path] for path in contents.after if path in after],
    )


def without_moved(
    before: Sequence[tuple[Ledger, str | None]], after: Sequence[tuple[Ledger, str | None]]
) -> tuple[list[Ledger], list[Ledger]]:
    """Return the ledgers of both sides without those that cannot be read and have a twin on the other side.

    Each comes with what identifies its content, None where nothing does. What only lies elsewhere lost nothing,
    whatever it says.
    """
    unread = [Counter(id for ledger, id in side if ledger.problem and id is not None) for side in (before, after)]
    same = unread[0] & unread[1]
    return _left_of(before, same), _left_of(after, same)


def _left_of(side: Sequence[tuple[Ledger, str | None]], moved: Counter[str]) -> list[Ledger]:
    waiting, left = moved.copy(), []
    for ledger, id in side:
        if ledger.problem and id is not None and waiting[id]:
            waiting[id] -= 1
        else:
            left.append(ledger)
    return left


def _both(contents: Contents) -> tuple[list[Ledger], list[Ledger]]:
    return ledgers_of(contents.before), ledgers_of(contents.after)


def _halves(contents: Contents) -> tuple[Contents, Contents]:
    """Return the files in two parts of about the same size."""
    sizes = {path: len(contents.before.get(path) or b"") for path in contents.before if selects(path)}
    for path, content in contents.after.items():
        if selects(path):
            sizes[path] = sizes.get(path, 0) + len(content or b"")
    halves, weights = (Contents({}, {}), Contents({}, {})), [0, 0]
    for path in sorted(sizes, key=lambda path: (-sizes[path], path)):
        lighter = weights.index(min(weights))
        weights[lighter] += sizes[path]
        for side, half in ((contents.before, halves[lighter].before), (contents.after, halves[lighter].after)):
            if path in side:
                half[path] = side[path]
    return halves


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
