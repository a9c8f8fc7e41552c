"""Which pairs are asked for, and that each is counted once for all repositories of a lake."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from trueline.app.collecting import collect_git
from trueline.app.lines import collect_lines, collects_lines, unknown_pairs
from trueline.app.workspace import Workspace, open_workspace

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

Opener = Callable[[], Workspace]


def commit(repository: Path, content: str, days_ago: int) -> None:
    """Commit a file of that content; make the repository where there is none."""
    when = f"{int((NOW - timedelta(days=days_ago)).timestamp())} +0000"
    named = {"NAME": "Ana Lima", "EMAIL": "ana@harbour.test", "DATE": when}
    environ = os.environ | {
        f"GIT_{who}_{what}": said for who in ("AUTHOR", "COMMITTER") for what, said in named.items()
    }
    environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    repository.mkdir(exist_ok=True)
    (repository / "notes.txt").write_text(content, "utf-8")
    for arguments in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "Change")):
        subprocess.run(["git", *arguments], cwd=repository, env=environ, check=True, capture_output=True)


@pytest.fixture
def handbook(tmp_path: Path, environ: dict[str, str]) -> Opener:
    """Return what opens a handbook whose lake is about `berths` and `fork`, where they are there."""

    def opener() -> Workspace:
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        named = [name for name in ("berths", "fork") if (tmp_path / name).is_dir()]
        listed = "".join(f'[[repository]]\nname = "{name}"\npath = "../{name}"\n' for name in named)
        (home / "trueline.toml").write_text(f'schema = 1\nname = "home"\n{listed}', "utf-8")
        return open_workspace(home, environ=environ, now=NOW, report=lambda text: None)

    return opener


def rows(workspace: Workspace) -> list[dict[str, int]]:
    done = collect_lines(workspace)
    assert [source.error for source in done] == [None] * len(done)
    return [source.rows for source in done]


def test_hunks_are_wanted_for_the_year_before_the_newest_commit(tmp_path: Path, handbook: Opener):
    for content, days_ago in (("a\n", 900), ("b\n", 600), ("c\n", 300)):
        commit(tmp_path / "berths", content, days_ago)
    workspace = handbook()
    collect_git(workspace)
    pairs = list(unknown_pairs(workspace.lake, "git/berths"))
    assert [pair.wants_hunks for pair in pairs] == [True, True, False]
    assert pairs[2].old is None


def test_a_change_is_counted_again_only_when_its_hunks_are_wanted_now(tmp_path: Path, handbook: Opener):
    for content, days_ago in (("a\n", 900), ("b\n", 890), ("a\n", 400), ("c\n", 20)):
        commit(tmp_path / "berths", content, days_ago)
    collect_git(handbook())
    assert rows(handbook()) == [{"blob_lines": 4, "blob_hunks": 1}]
    for content, days_ago in (("a\n", 10), ("b\n", 5)):
        commit(tmp_path / "berths", content, days_ago)
    collect_git(handbook())
    assert rows(handbook()) == [{"blob_lines": 2, "blob_hunks": 2}]
    assert rows(handbook()) == [{}]


def test_a_long_history_is_asked_for_in_parts_and_gives_the_same_pairs(tmp_path: Path, handbook: Opener, monkeypatch):
    for days_ago in range(30, 0, -1):
        commit(tmp_path / "berths", "a\n" * (days_ago % 7), days_ago)
    workspace = handbook()
    collect_git(workspace)
    whole = list(unknown_pairs(workspace.lake, "git/berths"))

    monkeypatch.setattr("trueline.app.lines.PART_ROWS", 4)
    in_parts = list(unknown_pairs(workspace.lake, "git/berths"))

    assert len(whole) == len(set(whole)) == 8
    assert in_parts == whole  # one path, so all of it is in one part of those that are sorted


def test_counting_puts_what_it_needs_for_a_while_where_the_next_writer_sweeps(tmp_path: Path, handbook: Opener):
    commit(tmp_path / "berths", "a\n", 3)
    workspace = handbook()
    collect_git(workspace)
    with workspace.lake.collection("another"):
        pairs = unknown_pairs(workspace.lake, "git/berths")
        next(pairs)
        begun = [path.name for path in workspace.lake.scratch.iterdir()]
        pairs.close()

        assert [name.startswith("trueline-") for name in begun] == [True]
        assert list(workspace.lake.scratch.iterdir()) == []


def test_what_a_fork_shares_is_not_counted_again(tmp_path: Path, handbook: Opener):
    commit(tmp_path / "berths", "a\n", 9)
    commit(tmp_path / "berths", "b\n", 8)
    shutil.copytree(tmp_path / "berths", tmp_path / "fork")
    commit(tmp_path / "fork", "c\n", 7)
    collect_git(handbook())
    assert rows(handbook()) == [{"blob_lines": 2, "blob_hunks": 2}, {"blob_lines": 1, "blob_hunks": 1}]


def test_a_repository_that_fails_does_not_stop_the_next(tmp_path: Path, handbook: Opener):
    for name in ("berths", "fork"):
        commit(tmp_path / name, name * 99, 9)
    collect_git(handbook())
    for damaged in (tmp_path / "berths" / ".git" / "objects").glob("??/*"):
        damaged.chmod(0o600)
        damaged.write_bytes(damaged.read_bytes()[:-6])
    done = collect_lines(handbook())
    assert [source.error is None for source in done] == [False, True]
    assert done[1].rows == {"blob_lines": 1, "blob_hunks": 1}


def test_lines_are_kept_up_once_they_were_counted(tmp_path: Path, handbook: Opener):
    commit(tmp_path / "berths", "a\n", 9)
    collect_git(handbook())
    assert not collects_lines(handbook())
    collect_lines(handbook())
    assert collects_lines(handbook())
