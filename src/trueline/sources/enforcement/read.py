"""Read the ledger of one file: a pure function of its path and bytes, joined from all readers that want it.

A reader is a module with `selects(path) -> bool` and `read(path, content) -> Ledger`; it never fails on
content, but says in `Ledger.problem` what it could not read. Readers are imported when a path needs one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, reduce
from importlib import import_module
from typing import Protocol, cast

from trueline.model.enforcement import Ledger

ENFORCEMENT_READER_VERSION = 4
"""Raised whenever the same bytes give another ledger."""

READERS: tuple[str, ...] = (
    "python",
    "javascript",
    "go",
    "java",
    "snapshots",
    "github_actions",
    "gitlab_ci",
    "makefile",
    "other_ci",
    "shell_scripts",
    "task_runners",
    "floors",
    "settings",
    "suppressions",
    "goldens",
    "vocabulary",
    "dependencies",
)
"""Modules of this package, in the order in which their parts are joined."""

MAX_LEDGER_BYTES = 2_000_000
"""Larger files are generated, and take longer than they tell."""


class Reader(Protocol):
    """What a module of `READERS` offers."""

    __name__: str

    def selects(self, path: str) -> bool:
        """Return True where the file at that display path may enforce something."""
        ...

    def read(self, path: str, content: bytes) -> Ledger:
        """Return what the file enforces."""
        ...


def selects(path: str) -> bool:
    """Return True where some reader wants the file."""
    return bool(_readers_of(path))


def read_ledger(path: str, content: bytes) -> Ledger:
    """Return everything that a file enforces; an empty ledger where no reader wants it."""
    readers = _readers_of(path)
    if len(content) > MAX_LEDGER_BYTES:
        if all(reader.__name__.endswith("dependencies") for reader in readers):
            return Ledger(path, "")
        return Ledger(path, "", problem=f"it is larger than {MAX_LEDGER_BYTES:,} bytes")
    ledgers = [reader.read(path, content) for reader in readers]
    return reduce(_joined, ledgers) if ledgers else Ledger(path, "")


def _readers_of(path: str) -> Sequence[Reader]:
    return [reader for reader in _all_readers() if reader.selects(path)]


@cache
def _all_readers() -> tuple[Reader, ...]:
    return tuple(cast("Reader", import_module(f"{__package__}.{name}")) for name in READERS)


def _joined(one: Ledger, other: Ledger) -> Ledger:
    problems = "; ".join(dict.fromkeys(problem for problem in (one.problem, other.problem) if problem))
    return Ledger(
        one.path,
        one.language or other.language,
        one.units + other.units,
        one.helpers + other.helpers,
        one.measures + other.measures,
        one.defines + other.defines,
        problems or None,
    )
