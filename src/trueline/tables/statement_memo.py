"""Remember what statements read, from one run to the next: parsing all rules takes longer than running them.

Kept are answers under a digest of the text, never the text itself, and only answers that are not refusals. A
line that cannot be read is as if it were not there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

MAX_BYTES = 8_000_000
"""A file that has grown beyond that is begun anew."""


_folders: list[Path] = []
_memos: dict[Path, StatementMemo] = {}


def remember_in(folder: Path) -> None:
    """Keep answers in a folder of the user's from now on, and take those that are there."""
    _folders[:] = [folder]
    _memos.clear()


def remembered(version: Callable[[], str]) -> StatementMemo | None:
    """Return what is remembered for a version of the parser; None where no folder was named."""
    if not _folders:
        return None
    folder = _folders[0]
    if folder not in _memos:
        _memos[folder] = StatementMemo(folder, version())
    return _memos[folder]


class StatementMemo:
    """Answers of one version of the parser, in one file that any number of processes append to."""

    def __init__(self, folder: Path, version: str) -> None:
        self._file = folder / f"statements-{hashlib.sha256(version.encode()).hexdigest()[:16]}.jsonl"
        self._known: dict[str, Mapping[str, Any]] = {}
        with suppress(OSError):
            if self._file.stat().st_size > MAX_BYTES:
                self._file.unlink()
            for line in self._file.read_bytes().splitlines():
                with suppress(ValueError, TypeError, KeyError):
                    told = json.loads(line)
                    self._known[told["key"]] = told["answer"]

    def get(self, sql: str) -> Mapping[str, Any] | None:
        """Return the answer for a text; None where it is not remembered."""
        return self._known.get(_key(sql))

    def add(self, sql: str, answer: Mapping[str, Any]) -> None:
        """Remember an answer; never raises for the disk."""
        key = _key(sql)
        self._known[key] = answer
        line = json.dumps({"key": key, "answer": answer}, ensure_ascii=True) + "\n"
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.write(descriptor, line.encode())
            finally:
                os.close(descriptor)


def _key(sql: str) -> str:
    return hashlib.sha256(sql.encode("utf-8", "surrogatepass")).hexdigest()[:32]
