"""Repositories in every state: a truthful report, or a clear refusal; never a traceback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Said, Workshop

Run = Callable[..., Said]
Make = Callable[..., Workshop]

COMMANDS = [
    ("check",),
    ("query", "select count(*) as n from files"),
    ("duties",),
    ("finding", "list"),
    ("metric", "list"),
    ("collect",),
]


def facts(said: Said) -> dict[str, Any]:
    return said.answers().json["facts"]


def test_a_folder_that_does_not_exist_is_named(trueline: Run, tmp_path: Path):
    trueline("scan", tmp_path / "nowhere").refuses("nowhere", "does not exist")
    assert trueline("scan", tmp_path / "nowhere", "--format", "json").json["errors"][0]["message"]


def test_a_file_is_no_repository(trueline: Run, tmp_path: Path):
    (tmp_path / "file").write_text("")

    trueline("scan", tmp_path / "file").refuses("is not a directory")


def test_a_plain_folder_is_told_without_history(trueline: Run, tmp_path: Path):
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "README.md").write_text("# Plain\n")

    found = facts(trueline("scan", tmp_path / "plain", "--format", "json"))

    assert found["commits"] == 0
    assert trueline("scan", tmp_path / "plain").answers()


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("state", ["plain", "bare and empty"])
def test_every_command_answers_where_there_is_no_history(
    trueline: Run, new_repository: Make, tmp_path: Path, state: str, words: tuple[str, ...]
):
    place = tmp_path / "place"
    if state == "plain":
        place.mkdir()
    else:
        place = new_repository("place", *(["--bare"] if "bare" in state else [])).path

    said = trueline(*words, "-C", place).is_told_well()

    assert said.status == (
        3 if words in [("check",), ("collect",)] and (words == ("check",) or state == "plain") else 0
    ), said


def test_an_empty_repository_is_told_as_empty(trueline: Run, new_repository: Make):
    repository = new_repository()

    found = facts(trueline("scan", repository.path, "--format", "json"))

    assert (found["commits"], found["files"]) == (0, 0)
    assert trueline("scan", repository.path).answers()
    assert trueline("scan", repository.path, "--exit-code").is_told_well().status == 3


def test_an_unborn_branch_beside_a_full_one_is_told(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit()
    repository.git("symbolic-ref", "HEAD", "refs/heads/not-yet")

    found = facts(trueline("scan", repository.path, "--format", "json"))

    assert (found["branch"], found["commits"]) == ("main", 1)


def test_a_detached_head_is_told(trueline: Run, new_repository: Make):
    repository = new_repository()
    first = repository.commit(files={"README.md": "# One\n"})
    repository.commit(files={"README.md": "# Two\n"})
    repository.git("checkout", "-q", "--detach", first)

    found = facts(trueline("scan", repository.path, "--format", "json"))

    assert found["commits"] == 2
    assert trueline("scan", repository.path).answers()


def test_a_bare_repository_is_told_from_its_head(trueline: Run, new_repository: Make, tmp_path: Path):
    repository = new_repository()
    repository.commit(files={"README.md": "# One\n", "a.py": "x = 1\n"})
    repository.git("clone", "-q", "--bare", str(repository.path), str(tmp_path / "bare.git"))

    found = facts(trueline("scan", tmp_path / "bare.git", "--format", "json"))

    assert (found["commits"], found["files"]) == (1, 2)


def test_a_folder_inside_stands_for_its_repository(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit(files={"docs/deep/a.md": "# A\n", "b.md": "# B\n"})

    inside = facts(trueline("scan", repository.path / "docs" / "deep", "--format", "json"))

    assert (inside["documents"], inside["files"], inside["commits"]) == (2, 2, 1)


def test_a_linked_worktree_has_its_own_files(trueline: Run, new_repository: Make, tmp_path: Path):
    repository = new_repository()
    repository.commit(files={"a.md": "# A\n"})
    repository.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    (tmp_path / "side" / "b.md").write_text("# B\n")

    assert facts(trueline("scan", tmp_path / "side", "--format", "json"))["commits"] == 1
    assert trueline("scan", tmp_path / "side").answers()


def test_a_shallow_clone_says_so_and_leaves_history_unknown(trueline: Run, new_repository: Make, tmp_path: Path):
    repository = new_repository()
    for _ in range(5):
        repository.commit()
    repository.git("clone", "-q", "--depth", "2", f"file://{repository.path}", str(tmp_path / "shallow"))

    said = trueline("scan", tmp_path / "shallow", "--format", "json")

    assert any("shallow" in note for note in facts(said)["notes"])
    assert trueline("check", "-C", tmp_path / "shallow").is_told_well().status in (0, 3)
    assert "shallow" in trueline("scan", tmp_path / "shallow").answers().out


@pytest.mark.parametrize("kind", ["blob:none", "tree:0"])
def test_a_partial_clone_fetches_nothing_and_says_what_is_missing(
    trueline: Run, new_repository: Make, tmp_path: Path, kind: str
):
    repository = new_repository()
    repository.git("config", "uploadpack.allowFilter", "true")
    for number in range(3):
        repository.commit(files={"a.md": f"# A {number}\n", "docs/b.md": f"# B {number}\n" * 9})
    clone = tmp_path / "partial"
    repository.git("clone", "-q", "--no-checkout", f"--filter={kind}", f"file://{repository.path}", str(clone))
    packs = sorted((clone / ".git" / "objects").rglob("*"))

    said = trueline("scan", clone, "--format", "json").is_told_well()

    assert sorted((clone / ".git" / "objects").rglob("*")) == packs
    if said.status:
        assert "full clone" in said.out
    else:
        assert any("missing" in note or "could not be read" in note for note in facts(said)["notes"]), facts(said)


def test_a_damaged_file_is_left_out_and_told(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit(files={"README.md": "# One\n", "docs/a.md": "# Damaged\n"})
    blob = repository.git("rev-parse", "HEAD:docs/a.md")
    place = repository.path / ".git" / "objects" / blob[:2] / blob[2:]
    place.chmod(0o644)
    place.write_bytes(b"no object")
    bare = repository.path / ".git"

    said = trueline("scan", bare, "--format", "json").is_told_well()

    assert said.status in (0, 2)
    if said.status == 0:
        assert any("could not be read" in note for note in said.json["facts"]["notes"]), said.json["facts"]


def test_a_damaged_commit_refuses_the_history(trueline: Run, new_repository: Make):
    repository = new_repository()
    first = repository.commit(files={"README.md": "# One\n"})
    repository.commit(files={"README.md": "# Two\n"})
    place = repository.path / ".git" / "objects" / first[:2] / first[2:]
    place.chmod(0o644)
    place.write_bytes(b"no object")

    trueline("scan", repository.path).refuses("git", "fsck")
    trueline("scan", repository.path, "--format", "json").refuses()
    trueline("collect", "-C", repository.path).refuses("fsck")


def test_a_head_that_names_no_object_is_refused(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit()
    (repository.path / ".git" / "refs" / "heads" / "main").write_text("1" * 40 + "\n")

    trueline("scan", repository.path).refuses("git")


@pytest.mark.parametrize("broken", ["config", "HEAD", "objects"])
def test_a_repository_that_git_cannot_open_is_refused(trueline: Run, new_repository: Make, broken: str):
    repository = new_repository()
    repository.commit()
    place = repository.path / ".git" / broken
    if broken == "objects":
        shutil.rmtree(place)
    else:
        place.write_bytes(b"\0[[[\n")

    said = trueline("scan", repository.path).is_told_well()

    assert said.status in (0, 2), said


def test_a_pointer_to_a_repository_that_is_gone_is_refused(trueline: Run, tmp_path: Path):
    (tmp_path / "lost").mkdir()
    (tmp_path / "lost" / ".git").write_text("gitdir: /nowhere/at/all\n")

    trueline("scan", tmp_path / "lost").is_told_well()


def test_submodules_are_entries_and_nothing_of_them_is_read(trueline: Run, new_repository: Make):
    inner, outer = new_repository("inner"), new_repository("outer")
    inner.commit(files={"secret.md": "# Inner\n"})
    outer.commit(files={"README.md": "# Outer\n\n[in](lib/inner/secret.md)\n"})
    outer.git("submodule", "add", "-q", str(inner.path), "lib/inner")
    outer.commit("Add inner")

    said = trueline("scan", outer.path, "--format", "json")

    assert facts(said)["documents"] == 1
    assert not [f for f in said.json["findings"] if "secret.md" in f["subject"]]
    shutil.rmtree(outer.path / "lib" / "inner")
    assert trueline("scan", outer.path).answers()


def test_links_that_lead_round_in_circles_are_not_followed(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.write("docs/a.md", "# A\n\n[round](loop/a.md) [self](self)\n")
    (repository.path / "docs" / "loop").symlink_to("..")
    (repository.path / "docs" / "self").symlink_to("self")
    (repository.path / "etc").symlink_to("/etc")
    (repository.path / "README.md").symlink_to("/etc/passwd")
    repository.commit(files={})

    for place in (repository.path, repository.path / ".git"):
        said = trueline("scan", place, "--format", "json").answers()
        assert "root:" not in said.out
        assert facts(said)["documents"] == 1


def test_links_in_a_plain_folder_are_not_followed(trueline: Run, tmp_path: Path):
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "up").symlink_to("..")
    (tmp_path / "plain" / "etc").symlink_to("/etc")
    os.mkfifo(tmp_path / "plain" / "pipe.md")

    found = facts(trueline("scan", tmp_path / "plain", "--format", "json"))

    assert found["documents"] == 0


def test_the_environment_of_a_hook_does_not_lead_elsewhere(
    trueline: Run, new_repository: Make, monkeypatch: pytest.MonkeyPatch
):
    asked, other = new_repository("asked"), new_repository("other")
    asked.commit(files={"asked.md": "# Asked\n"})
    other.commit(files={"other.md": "# Other\n"})
    for name, value in {"GIT_DIR": other.path / ".git", "GIT_WORK_TREE": other.path, "GIT_INDEX_FILE": "/none"}.items():
        monkeypatch.setenv(name, str(value))

    said = trueline("query", "select path from files", "-C", asked.path, "--format", "csv").answers()

    assert said.out == "path\nasked.md\n"
