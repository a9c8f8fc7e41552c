"""`trueline doctor`, as a user meets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .conftest import Said, Workshop, everything_in

Run = Callable[..., Said]
Make = Callable[..., Workshop]


def test_a_healthy_repository_ends_with_0_and_is_not_changed(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit()
    before = everything_in(repository.path)

    said = trueline("doctor", "-C", repository.path).answers()

    assert said.out.splitlines()[-1].startswith("Healthy: ")
    assert everything_in(repository.path) == before


def test_broken_settings_are_shown_and_end_with_2(trueline: Run, tmp_path: Path):
    (tmp_path / "trueline.toml").write_text("schema = 1\nname = \n[records\n")

    said = trueline("doctor", "-C", tmp_path).is_told_well()

    assert said.status == 2
    assert "trueline.toml:2:8: is not valid TOML" in said.out
    assert "1 of which stops other commands" in said.out.splitlines()[-1]


def test_broken_settings_are_json_of_the_same_shape(trueline: Run, tmp_path: Path):
    (tmp_path / "trueline.toml").write_text("schema = 9\n")

    said = trueline("doctor", "-C", tmp_path, "--format", "json").is_told_well()

    assert said.status == 2
    assert said.json["ok"] is False
    assert [(error["path"], error["line"]) for error in said.json["errors"]] == [("trueline.toml", 1)]
    assert said.json["versions"]["duckdb"]


def test_what_is_worth_mending_ends_with_0(trueline: Run, tmp_path: Path):
    (tmp_path / "trueline.toml").write_text("schema = 1\n")
    (tmp_path / "yard.md").write_text("---\nkind: team\nid: yard\ntile: Yard\n---\n")

    said = trueline("doctor", "-C", tmp_path).answers()

    assert 'yard.md:4:1: "tile" is no field of team. Did you mean title?' in said.out
    assert "none of which stops other commands" in said.out.splitlines()[-1]


def test_a_directory_that_is_not_there_is_a_problem_like_any_other(trueline: Run, tmp_path: Path):
    said = trueline("doctor", "-C", tmp_path / "nowhere").is_told_well()

    assert said.status == 2
    assert "nowhere does not exist" in said.out


def test_without_git_it_still_says_what_it_can(installed: Run, tmp_path: Path):
    said = installed("doctor", "-C", tmp_path, PATH=str(tmp_path)).is_told_well()

    assert said.status == 2
    assert said.out.count("git is not installed") == 1
    assert "python" in said.out


def test_hostile_names_are_harmless(trueline: Run, new_repository: Make):
    repository = new_repository()
    record = "---\nkind: team\n\x1b[31mx: 1\n---\n"
    repository.commit("Start", {b"a\x1b[31m\n.md": record, "trueline.toml": 'schema = 1\nname = "a\\u001b[2J"\n'})

    trueline("doctor", "-C", repository.path).is_told_well()
    trueline("doctor", "-C", repository.path, "-f", "json").is_told_well()
