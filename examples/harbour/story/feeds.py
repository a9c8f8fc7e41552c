"""Write the deployments that Harbour's delivery system would report: one per release, later and sometimes twice."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, timedelta
from pathlib import Path

from .history import Tag

COLUMNS = (
    "deployment_id",
    "service",
    "environment",
    "repository",
    "version",
    "commit_id",
    "started_at",
    "finished_at",
    "planned",
    "result",
)


def write_deployments(path: Path, releases: Mapping[str, list[Tag]]) -> None:
    """Write one row per deployment, oldest first; every ninth fails and is repeated after an hour."""
    rows = []
    for repository, tags in releases.items():
        for number, tag in enumerate(tags, start=1):
            results = ("failed", "succeeded") if number % 9 == 0 else ("succeeded",)
            for attempt, result in enumerate(results):
                start = tag.at.astimezone(UTC) + timedelta(hours=2 + attempt, minutes=number % 40)
                rows.append((start, (repository, "production", repository, tag.name, tag.commit_id), result))
    rows.sort()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number, (start, what, result) in enumerate(rows, start=1):
            finish = start + timedelta(minutes=7)
            times = (f"{start:%Y-%m-%dT%H:%M:%SZ}", f"{finish:%Y-%m-%dT%H:%M:%SZ}")
            writer.writerow((f"D-{number:04}", *what, *times, _planned(what[3]), result))


def _planned(version: str) -> str:
    """Say whether a release stood in the calendar; a patch of berths never does, and portal has none."""
    return "false" if version.startswith("v") and not version.endswith(".0") else "true"
