"""What is said of several repositories says of which, and claims no figure that there is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop

Run = Callable[..., Said]


@pytest.fixture
def handbook(tmp_path: Path, new_repository: Callable[..., Workshop]) -> Path:
    folder = tmp_path / "handbook"
    folder.mkdir()
    lines = ['schema = 1\nname = "handbook"\n']
    for name in ("crane", "quay"):
        new_repository(name).commit("Begin", {f"src/{number}.py": f"x = {number}\n" for number in range(12)})
        lines.append(f'[[repository]]\nname = "{name}"\npath = "../{name}"\n')
    (folder / "trueline.toml").write_text("\n".join(lines))
    return folder


def test_each_finding_names_its_repository(trueline: Run, handbook: Path):
    trueline("collect", "-q", "-C", handbook).answers()

    told = trueline("finding", "list", "-C", handbook).answers().out

    heads = [line.split() for line in told.splitlines() if "conformance.repository_without_readme" in line]
    assert [words[-1] for words in heads] == ["crane", "handbook", "quay"]


def test_a_figure_that_only_each_repository_has_is_no_missing_one(trueline: Run, handbook: Path):
    trueline("collect", "-q", "-C", handbook).answers()

    told = trueline("metric", "show", "truck_factor", "-C", handbook).answers().out

    assert "quay/src" in told

    assert "nothing to examine" not in told
    assert "Truck factor: no single value: each of " in told


def test_programs_are_told_that_only_each_repository_has_the_figure(trueline: Run, handbook: Path):
    trueline("collect", "-q", "-C", handbook).answers()

    told = trueline("metric", "show", "truck_factor", "-C", handbook, "--format", "json").answers().json

    assert (told["value"], told["reason"]) == (None, "no_single_value")
    assert any(row["subject"] == "quay/src" and row["value"] is not None for row in told["series"])


def test_where_nothing_has_a_value_text_and_programs_are_told_the_same(trueline: Run, handbook: Path):
    trueline("collect", "-q", "-C", handbook).answers()

    told = trueline("metric", "show", "review_first_share", "-C", handbook, "--format", "json").answers().json

    assert told["reason"] == "nothing_examined"
    assert (
        f"no data: {told['detail']}" in trueline("metric", "show", "review_first_share", "-C", handbook).answers().out
    )


def test_the_page_of_a_practice_names_the_repository_of_each_finding(trueline: Run, handbook: Path):
    trueline("collect", "-q", "-C", handbook).answers()

    page = trueline("practice", "show", "conformance", "-C", handbook, "--format", "html").answers().out

    assert {name for name in ("crane", "quay", "handbook") if f"<li>{name}</li>" in page} == {
        "crane",
        "quay",
        "handbook",
    }


def test_a_path_inside_another_repository_is_told_with_its_mending(trueline: Run, handbook: Path):
    settings = (handbook / "trueline.toml").read_text()
    (handbook / "trueline.toml").write_text(f'{settings}\n[[repository]]\nname = "part"\npath = "../quay/src"\n')

    said = trueline("collect", "-q", "-C", handbook)

    assert said.status == 2
    assert "trueline.toml:12:" in said.err
    assert "lies inside the repository" in said.err
    assert "Name the folder of the repository itself" in said.err
    rows = trueline("query", "select repository from repositories order by 1", "-C", handbook, "--format", "json")
    assert [row["repository"] for row in rows.answers().json["rows"]] == ["crane", "quay"]


def test_a_bare_repository_a_git_directory_and_a_second_worktree_are_no_parts(
    trueline: Run, tmp_path: Path, handbook: Path
):
    quay = Workshop(tmp_path / "quay")
    quay.git("clone", "-q", "--bare", str(quay.path), str(tmp_path / "bare.git"))
    quay.git("worktree", "add", "-q", str(tmp_path / "beside"))
    places = {"a": "../bare.git", "b": "../crane/.git", "c": "../beside"}
    (handbook / "trueline.toml").write_text(
        "".join(f'[[repository]]\nname = "{name}"\npath = "{path}"\n' for name, path in places.items())
    )

    trueline("collect", "-q", "-C", handbook).answers()
