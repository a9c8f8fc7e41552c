"""The fictional company is built the same everywhere, and holds what its README says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

HARBOUR = Path(__file__).parents[3] / "examples" / "harbour"
EXPECTED = json.loads((HARBOUR / "expected.json").read_text(encoding="utf-8"))


def build(directory: Path) -> dict[str, str]:
    script = [sys.executable, str(HARBOUR / "build.py"), str(directory)]
    printed: dict[str, str] = json.loads(subprocess.run(script, check=True, capture_output=True).stdout)
    return printed


def git(repository: Path, *arguments: str) -> list[str]:
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "TZ": "UTC"}
    command = ["git", "-c", "core.quotePath=false", "-C", str(repository), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=quiet)
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("built") / "harbour"
    build(directory)
    return directory


def test_every_machine_builds_the_recorded_commits(tmp_path: Path) -> None:
    assert build(tmp_path / "one") == EXPECTED


def test_building_twice_gives_the_same_files(harbour: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"

    build(again)

    for name in EXPECTED:
        assert git(again / name, "show-ref") == git(harbour / name, "show-ref")
    assert (again / "feeds/deployments.csv").read_bytes() == (harbour / "feeds/deployments.csv").read_bytes()


def test_configuration_of_the_user_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Somebody\n[init]\n\tdefaultBranch = trunk\n[core]\n\tautocrlf = true\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2000-01-01T00:00:00Z")
    monkeypatch.setenv("TZ", "Asia/Tokyo")

    assert build(tmp_path / "harbour") == EXPECTED


def test_a_directory_that_exists_is_left_alone(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, str(HARBOUR / "build.py"), str(tmp_path)], capture_output=True, check=False)

    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "commits"), [("berths", 408), ("tariffs", 289), ("portal", 276)])
def test_repositories_are_sound_and_clean(harbour: Path, name: str, commits: int) -> None:
    repository = harbour / name

    assert git(repository, "fsck", "--full", "--strict") == []
    assert git(repository, "status", "--porcelain") == []
    assert git(repository, "for-each-ref", "--format=%(refname)", "refs/heads") == ["refs/heads/main"]
    assert git(repository, "rev-list", "--count", "HEAD") == [str(commits)]


def test_changes_of_berths_land_with_merge_commits(harbour: Path) -> None:
    since = git(harbour / "berths", "log", "--first-parent", "--format=%p|%s", "v2.0.0..main")

    assert {len(line.split("|")[0].split()) for line in since} == {2}
    assert all(line.split("|")[1].startswith("Merge pull request #") for line in since)


def test_changes_of_tariffs_carry_their_number(harbour: Path) -> None:
    subjects = git(harbour / "tariffs", "log", "--format=%s", "v3.0.0..main")

    assert [subject for subject in subjects if not re.search(r"\(#\d+\)$", subject)] == ["Agree on spaces"]


def test_berths_stopped_releasing_with_finished_work_left(harbour: Path) -> None:
    newest = git(
        harbour / "berths", "for-each-ref", "--sort=-creatordate", "--format=%(refname:short) %(creatordate:short)"
    )

    assert newest[1] == "v2.45.0 2026-08-14"
    assert len(git(harbour / "berths", "log", "--first-parent", "--oneline", "v2.45.0..main")) == 16


def test_every_third_release_of_tariffs_is_patched_the_next_day(harbour: Path) -> None:
    tags = git(harbour / "tariffs", "tag", "--sort=v:refname")

    assert len(tags) == 33
    assert [tag for tag in tags if tag.endswith(".1")] == [f"v3.{minor}.1" for minor in range(3, 25, 3)]


def test_only_one_person_works_on_the_tides(harbour: Path) -> None:
    authors = Counter(git(harbour / "berths", "log", "--no-merges", "--format=%an", "--", "src/berths/tides"))

    assert authors == {"Ines Carvalho": 40}


def test_the_declared_owner_of_moorings_left(harbour: Path) -> None:
    recent = ("log", "--no-merges", "--format=%an", "--since=2025-09-13", "--", "src/berths/moorings")

    assert Counter(git(harbour / "berths", *recent)).keys() == {"Seun Adeyemi", "Maeve Brennan"}


def test_fourteen_links_of_portal_were_left_behind(harbour: Path) -> None:
    documents = [
        harbour / "portal" / path for path in git(harbour / "portal", "ls-files", "-z", "*.md")[0].split("\0")[:-1]
    ]
    left = {path.name: path.read_text(encoding="utf-8").count("guides/") for path in documents}

    assert sum(left.values()) == 14
    assert sum(1 for count in left.values() if count) == 6
    assert left['l\'Île "Haute".md'] == 1
    assert not (harbour / "portal/docs/guides").exists()


def test_two_commits_have_dates_that_cannot_be_true(harbour: Path) -> None:
    years = Counter(line[:4] for name in EXPECTED for line in git(harbour / name, "log", "--date=iso", "--format=%cd"))

    assert years.keys() == {"1970", "2024", "2025", "2026", "2100"}
    assert (years["1970"], years["2100"]) == (1, 1)


def test_deployments_name_commits_that_exist(harbour: Path) -> None:
    lines = (harbour / "feeds/deployments.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(",") for line in lines]

    for repository in ("berths", "portal"):
        known = set(git(harbour / repository, "rev-list", "HEAD"))
        assert {row[5] for row in rows if row[3] == repository} <= known
    assert Counter(row[-1] for row in rows) == {"succeeded": 70, "failed": 7}


def test_the_readme_states_the_recorded_sizes(harbour: Path) -> None:
    readme = (HARBOUR / "README.md").read_text(encoding="utf-8")

    for name in EXPECTED:
        count = git(harbour / name, "rev-list", "--count", "HEAD")[0]
        assert re.search(rf"^\| `{name}` \|[^|]+\|[^|]+\| {count}", readme, re.MULTILINE)


def test_files_of_berths_pass_their_own_tests(harbour: Path) -> None:
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", str(harbour / "berths")]

    done = subprocess.run(command, cwd=harbour / "berths", capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
