"""Changelog fragments have names that can be sorted and one sentence that users can read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "changelog.d"
FRAGMENTS = sorted(path for path in FOLDER.iterdir() if path.name != "README.md")
NAME = re.compile(r"[1-9]\d*\.(added|changed|deprecated|fixed|removed|security)(\.[a-z0-9-]+)?\.md")


def test_there_is_a_fragment_or_an_explanation_of_them():
    assert (FOLDER / "README.md").is_file()


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.name)
def test_a_fragment_is_named_by_issue_and_kind(path: Path):
    assert NAME.fullmatch(path.name)


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.name)
def test_a_fragment_is_one_sentence_on_one_line(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.endswith(".\n")
    assert text.count("\n") == 1
    assert not re.search(r"[.!?] +[A-Z`]", text)
