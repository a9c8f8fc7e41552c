"""The hashed requirement files agree with what the project declares."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAME = re.compile(r"^[A-Za-z0-9][\w.-]*", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(file: str) -> dict[str, str]:
    """Return the block of every pinned package, by name."""
    text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return {normal(match.group()): block for block in blocks if (match := NAME.match(block))}


@pytest.mark.parametrize("file", ["core.txt", "dev.txt"])
def test_every_pinned_package_has_an_exact_version_and_hashes(file: str):
    assert [name for name, block in pinned(file).items() if "==" not in block or "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("file", ["core.txt", "dev.txt"])
def test_every_dependency_of_the_project_is_pinned(file: str):
    declared = {normal(NAME.match(requirement).group()) for requirement in PROJECT["project"]["dependencies"]}
    assert declared - pinned(file).keys() == set()


def test_what_builds_and_develops_the_project_is_pinned():
    text = (ROOT / "requirements" / "dev.in").read_text(encoding="utf-8")
    wanted = [*NAME.findall(text), *PROJECT["build-system"]["requires"]]
    assert {normal(NAME.match(name).group()) for name in wanted} - pinned("dev.txt").keys() == set()


def test_development_runs_on_the_versions_that_ship():
    core, development = pinned("core.txt"), pinned("dev.txt")
    first_line = {name: block.splitlines()[0] for name, block in core.items()}
    assert {name: development[name].splitlines()[0] for name in core} == first_line
