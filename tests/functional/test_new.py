"""`trueline new`, as a user meets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, everything_in

Run = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    (home / "trueline.toml").write_text("schema = 1\n")
    return home


def test_a_record_is_written_and_what_is_left_to_do_is_said(trueline: Run, home: Path):
    said = trueline("new", "decision", "-C", home, "--set", "title=Keep whole cents").answers()

    assert said.out == "written: decisions/keep-whole-cents.md\nNext: fill in status, and commit it.\n"
    assert "title: Keep whole cents\n" in (home / "decisions" / "keep-whole-cents.md").read_text()


def test_a_dry_run_shows_the_record_and_writes_nothing(trueline: Run, home: Path):
    before = everything_in(home)

    said = trueline("new", "team", "yard", "-C", home, "--set", "title=Yard", "--dry-run").answers()

    assert "kind: team\nid: yard\n" in said.out
    assert everything_in(home) == before


def test_wrong_values_are_all_told_and_nothing_is_written(trueline: Run, home: Path):
    before = everything_in(home)

    said = trueline("new", "decision", "x", "-C", home, "--set", "status=acepted", "--set", "nope=1")

    said.refuses("--set status: status must be one of", "did you mean accepted?", '--set nope: "nope" is no field')
    assert everything_in(home) == before


def test_errors_are_json_where_json_is_asked_for(trueline: Run, home: Path):
    said = trueline("new", "decision", "x", "-C", home, "--set", "status=bad", "-f", "json")

    said.refuses()
    assert [error["path"] for error in said.json["errors"]] == ["--set status"]


def test_a_record_is_never_written_over(trueline: Run, home: Path):
    trueline("new", "team", "yard", "-C", home, "--set", "title=Yard").answers()
    before = everything_in(home)

    trueline("new", "team", "yard", "-C", home, "--set", "title=Other").refuses("teams/yard.md is there already")

    assert everything_in(home) == before


def test_kinds_are_listed_with_one_line_each(trueline: Run, home: Path):
    said = trueline("new", "--list", "-C", home).answers()

    assert [line.split()[0] for line in said.out.splitlines()[1:4]] == ["charter", "decision", "deviation"]
    kinds = trueline("new", "--list", "-C", home, "-f", "json").json["kinds"]
    assert len(said.out.splitlines()) == len(kinds) + 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], ["--list"]),
        (["servce"], ["there is no kind", "did you mean service?"]),
        (["zzz"], ["there is no kind", "known: charter"]),
        (["team"], ["a new team needs an id"]),
        (["team", "../x"], ["cannot be an id"]),
        (["team", "--list"], ["--list stands alone"]),
    ],
    ids=["nothing", "near kind", "far kind", "no id", "path as id", "list and kind"],
)
def test_wrong_usage_is_told_with_the_way_out(trueline: Run, home: Path, words: list[str], told: list[str]):
    trueline("new", *words, "-C", home).refuses(*told)


def test_without_settings_it_works_and_points_to_init(trueline: Run, tmp_path: Path):
    (tmp_path / "plain").mkdir()

    said = trueline("new", "team", "yard", "-C", tmp_path / "plain", "--set", "title=Yard").answers()

    assert "trueline init" in said.err
