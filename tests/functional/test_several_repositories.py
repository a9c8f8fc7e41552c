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
    assert "Truck factor: no single value" in told
    assert "nothing to examine" not in told
