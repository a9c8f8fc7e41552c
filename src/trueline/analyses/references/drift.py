"""Which code a document speaks of, and how far that code has moved on since the document did.

Counts commits on the current names of files; what a file was called before does not count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Change = tuple[str, datetime]
"""A commit id and when it was committed."""


@dataclass(frozen=True)
class Drift:
    """How one document stands to the code that it speaks of."""

    path: str
    code_paths: int
    missing_paths: int
    document_changed_at: datetime | None
    code_changes_since: int | None
    code_changed_at: datetime | None


@dataclass
class Spoken:
    """What one document speaks of."""

    code: Counter[str] = field(default_factory=Counter)
    missing: set[str] = field(default_factory=set)


def drift_of(path: str, spoken: Spoken, changes: Mapping[str, Sequence[Change]]) -> Drift:
    """Return the drift of one document, given the valid changes of each current path."""
    own = changes.get(path, [])
    document_changed_at = max((at for _, at in own), default=None)
    of_code = {commit_id: at for target in spoken.code for commit_id, at in changes.get(target, ())}
    since = None
    if document_changed_at is not None:
        own_ids = {commit_id for commit_id, _ in own}
        since = sum(1 for commit_id, at in of_code.items() if at > document_changed_at and commit_id not in own_ids)
    return Drift(
        path=path,
        code_paths=len(spoken.code),
        missing_paths=len(spoken.missing),
        document_changed_at=document_changed_at,
        code_changes_since=since,
        code_changed_at=max(of_code.values(), default=None),
    )


def by_path(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Change]]:
    """Return (path, commit id, instant) rows grouped by path."""
    grouped: dict[str, list[Change]] = defaultdict(list)
    for path, commit_id, committed_at in rows:
        grouped[path].append((commit_id, committed_at))
    return grouped
