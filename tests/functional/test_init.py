"""`trueline init`, as a user meets it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop, everything_in

Run = Callable[..., Said]
Make = Callable[..., Workshop]

FILES = {
    ".github/CODEOWNERS": "* @acme/platform @ana\n/services/billing/ @acme/payments\n",
    "services/billing/Dockerfile": "FROM x\n",
    "docs/adr/0001-cents.md": "---\ntitle: Whole cents\nstatus: accepted\n---\n# Whole cents\n",
}


def test_what_it_writes_is_read_by_a_scan_without_a_problem(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit("Start", FILES)

    said = trueline("init", repository.path, "--yes").answers()

    assert said.out.splitlines()[-1].startswith("Next: ")
    scanned = trueline("scan", repository.path, "--format", "json").answers().json
    assert [one for one in scanned["findings"] if one["rule"].endswith("record_with_problem")] == []
    tables = {
        table["name"]: table["rows"] for table in trueline("doctor", "-C", repository.path, "-f", "json").json["tables"]
    }
    assert {name: tables[name] for name in ("charters", "teams", "services", "decisions")} == {
        "charters": 1,
        "teams": 2,
        "services": 1,
        "decisions": 1,
    }


@pytest.mark.parametrize("words", [[], ["--dry-run"], ["--format", "json"]], ids=["bare", "dry run", "json"])
def test_without_yes_and_without_a_terminal_nothing_is_written_or_asked(
    trueline: Run, tmp_path: Path, words: list[str]
):
    (tmp_path / "home").mkdir()

    said = trueline("init", tmp_path / "home", *words).answers()

    assert "head-of-engineering.md" in said.out
    assert everything_in(tmp_path / "home") == {}


def test_an_empty_repository_is_a_start(trueline: Run, new_repository: Make):
    repository = new_repository()

    trueline("init", repository.path, "--yes").answers()

    assert (repository.path / "trueline.toml").is_file()
    trueline("scan", repository.path).answers()


def test_in_a_folder_of_a_repository_it_writes_at_the_root(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit("Start", FILES)

    trueline("init", repository.path / "docs", "--yes").answers()

    assert (repository.path / "trueline.toml").is_file()
    assert not (repository.path / "docs" / "trueline.toml").exists()


def test_a_second_time_everything_is_left_as_it_is(trueline: Run, new_repository: Make):
    repository = new_repository()
    trueline("init", repository.path, "--yes").answers()
    before = everything_in(repository.path)

    said = trueline("init", repository.path, "--yes").answers()

    assert "left as it is: trueline.toml" in said.out
    assert everything_in(repository.path) == before


def test_a_link_to_elsewhere_is_refused_and_nothing_is_written(trueline: Run, new_repository: Make, tmp_path: Path):
    repository = new_repository()
    (tmp_path / "elsewhere").mkdir()
    (repository.path / "handbook").symlink_to(tmp_path / "elsewhere")

    trueline("init", repository.path, "--yes").refuses("handbook is a link", "nothing was written")

    assert everything_in(tmp_path / "elsewhere") == {}
    assert not (repository.path / "trueline.toml").exists()


def test_a_bare_repository_and_a_missing_directory_are_refused(trueline: Run, new_repository: Make, tmp_path: Path):
    trueline("init", new_repository("bare", "--bare").path).refuses("is a bare repository", "working tree")
    trueline("init", tmp_path / "nowhere").refuses("nowhere does not exist")


def test_broken_settings_are_told_with_their_place(trueline: Run, tmp_path: Path):
    (tmp_path / "trueline.toml").write_text("schema = 1\nnam = 1\n")

    trueline("init", tmp_path, "--yes").refuses("trueline.toml:2:1", "did you mean name?")


def test_yes_and_dry_run_exclude_each_other(trueline: Run, tmp_path: Path):
    trueline("init", tmp_path, "--yes", "--dry-run").refuses("exclude each other")


def test_hostile_names_are_harmless(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit(
        "Start", {b"a\x1b[31m/Dockerfile": "", b'q"\n/adr/0001-a.md': "# A\n", "CODEOWNERS": "* @a/b\x1b[2J\n"}
    )

    said = trueline("init", repository.path, "--yes").answers()

    assert said.out
    trueline("scan", repository.path).answers()


def test_a_directory_with_an_undecodable_name_gets_settings_that_can_be_read(trueline: Run, tmp_path: Path):
    home = Path(os.fsdecode(os.fsencode(tmp_path) + b"/h\xff\n\xf0\x9f\x9a\xa2"))
    home.mkdir()

    trueline("init", home, "--yes").answers()

    assert (home / "trueline.toml").read_text("utf-8").splitlines()[2] == 'name = "h??🚢"'
    trueline("new", "--list", "-C", home).answers()
