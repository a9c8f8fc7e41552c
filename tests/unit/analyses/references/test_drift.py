from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from trueline.analyses.references.drift import Drift, Spoken, by_path, drift_of


def on(day: int) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC)


CHANGES = by_path(
    [
        ("guide.md", "c1", on(1)),
        ("guide.md", "c3", on(3)),
        ("a.py", "c2", on(2)),
        ("a.py", "c3", on(3)),
        ("a.py", "c4", on(4)),
        ("b.py", "c4", on(4)),
        ("b.py", "c5", on(5)),
    ]
)


def test_a_commit_that_touches_two_files_counts_once_and_the_documents_own_commit_not_at_all():
    drift = drift_of("guide.md", Spoken(Counter({"a.py": 2, "b.py": 1})), CHANGES)
    assert drift == Drift("guide.md", 2, 0, on(3), 2, on(5))


def test_a_document_without_history_has_no_drift_to_tell():
    drift = drift_of("new.md", Spoken(Counter({"a.py": 1}), {"gone.py"}), CHANGES)
    assert (drift.document_changed_at, drift.code_changes_since, drift.missing_paths) == (None, None, 1)
