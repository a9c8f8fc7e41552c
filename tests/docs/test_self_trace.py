"""What this repository cites as a requirement, it states; ids that only serve as examples count nowhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from trueline.app.tracing import trace

ROOT = Path(__file__).parents[2]


def test_no_requirement_of_this_repository_is_a_defect(tmp_path: Path):
    said = trace(
        ROOT,
        [],
        environ={"TRUELINE_CACHE_DIR": str(tmp_path)},
        now=datetime(2026, 11, 20, tzinfo=UTC),
        report=lambda _: None,
    )

    assert (said.defects, list(said.causes)) == (0, [])
    assert said.by_kind["scan"] > 0
