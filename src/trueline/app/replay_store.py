"""What replays found, kept in the user's cache: one line per commit, under the version of the judge.

It is a convenience: a line that cannot be read is as if it were not there. Verdicts are not kept, because
they depend on settings as well.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trueline import analyses, sources

from .replay_judging import CommitJudged

FORMAT = 1
_JUDGED_BY = ("sources/enforcement", "analyses/enforcement", "app/replay_judging.py", "model/enforcement.py")


class ReplayStore:
    """The judgements of one repository by this version of the judge."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"replay-{judge_version()}.jsonl"
        self._known: dict[str, CommitJudged] = {}
        with suppress(OSError):
            for line in self._file.read_bytes().splitlines():
                with suppress(ValueError, TypeError, KeyError):
                    judged = _judged(json.loads(line))
                    self._known[judged.key] = judged

    def get(self, key: str) -> CommitJudged | None:
        """Return what was found of a commit; None where it was never judged."""
        return self._known.get(key)

    def all(self) -> Iterable[CommitJudged]:
        """Return everything that was judged, in the order of the judging."""
        return self._known.values()

    @property
    def identity(self) -> str:
        """Return what tells this state of the store from others."""
        return f"{self._file.name} {len(self._known)} {hashlib.sha256(' '.join(sorted(self._known)).encode()).hexdigest()[:16]}"

    def add(self, judged: Iterable[CommitJudged]) -> None:
        """Keep what was found, in one write; never raises for the disk."""
        lines = [json.dumps(asdict(one), ensure_ascii=True) for one in judged]
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.write(descriptor, "".join(f"{line}\n" for line in lines).encode())
            finally:
                os.close(descriptor)


def judge_version() -> str:
    """Return the digest of the code that reads and compares ledgers: it changes with every edit of it."""
    root = Path(analyses.__file__ or sources.__file__ or "").parent.parent
    digest = hashlib.sha256(str(FORMAT).encode())
    for name in _JUDGED_BY:
        place = root / name
        files = sorted(file for file in place.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
        for file in files or [place]:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _judged(values: Mapping[str, Any]) -> CommitJudged:
    return CommitJudged(values["key"], tuple(values["weaker"]), tuple(values["stronger"]), tuple(values["unreadable"]))
