"""What a snapshot tells of persons, by its clearance: nothing below `people`."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trueline.app.collecting import collect_git
from trueline.app.definitions import load_definitions
from trueline.app.snapshots import take_snapshot
from trueline.app.workspace import open_workspace
from trueline.model.table import Privacy

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a repository whose ten files one person wrote."""
    path = tmp_path / "home"
    (path / "src").mkdir(parents=True)
    for number in range(10):
        (path / "src" / f"{number}.py").write_text(f"x = {number}\n", encoding="utf-8")
    stamp = f"{int(NOW.timestamp()) - 86_400} +0200"
    names = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in
             (("NAME", "Ana Lima"), ("EMAIL", "ana@harbour.test"), ("DATE", stamp))}  # fmt: skip
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environ = clean | names | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for words in (["init", "-q", "-b", "main"], ["add", "--all"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", "-c", "commit.gpgsign=false", *words], cwd=path, env=environ, check=True)
    return path


def columns(home: Path, environ: dict[str, str], clearance: Privacy, table: str) -> tuple[list[str], int]:
    """Return the columns of a table and how many rows it has."""
    workspace = open_workspace(home, environ=environ, now=NOW, report=lambda text: None)
    definitions = load_definitions(workspace.settings)
    collect_git(workspace)
    taken = take_snapshot(workspace, definitions, clearance=clearance)
    try:
        names, rows = taken.snapshot.database.table(f"select * from {table}")
    finally:
        taken.close()
    return names, len(rows)


def test_what_an_area_would_lose_is_told_of_persons_at_clearance_people_only(
    home: Path, environ: dict[str, str]
) -> None:
    names, rows = columns(home, environ, "people", "knowledge_what_if")
    assert {"person_key", "area", "files_lost", "loses_last_knower", "last_landed_days"} <= set(names)
    assert rows == 1
    assert columns(home, environ, "internal", "knowledge_what_if") == (["repository"], 1)


def test_the_offset_of_an_authors_clock_hints_at_a_place_and_is_withheld(home: Path, environ: dict[str, str]) -> None:
    assert "authored_offset_minutes" in columns(home, environ, "people", "commits")[0]
    assert "authored_offset_minutes" not in columns(home, environ, "internal", "commits")[0]


def test_what_a_newcomer_should_learn_is_about_areas_and_so_internal(home: Path, environ: dict[str, str]) -> None:
    names, rows = columns(home, environ, "internal", "areas_to_learn")
    assert "person_key" not in names
    assert {"area", "rank", "people", "most_lost_share"} <= set(names)
    assert rows == 1
