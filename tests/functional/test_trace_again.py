"""`trueline trace` asked again: the same answer as if it were asked for the first time, whatever happened between."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Workshop


def item(written: str, *, needs: str = "", depends: str = "") -> str:
    return (
        f"`{written}`\n\nIt must hold.\n\n"
        + (f"Depends:\n\n* {depends}\n\n" if depends else "")
        + (f"Needs: {needs}\n\n" if needs else "")
    )


def tag(kind: str, cited: str) -> str:
    return f"// [{kind}->{cited}]\n"


FILES = {
    "doc/spec.md": "---\nowner: role:harbour-master\n---\n\n" + item("req~moor~1", needs="impl, utest"),
    "src/Berth.java": tag("impl", "req~moor~1"),
    "src/BerthTest.java": tag("utest", "req~moor~1"),
}


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    made = new_repository("quay")
    made.commit("Begin", FILES)
    return made


@pytest.fixture
def ask(trueline: Callable[..., Any], shop: Workshop) -> Callable[..., Any]:
    return lambda *words: trueline("trace", "-C", shop.path, "--format", "json", *words).json


def test_the_same_tree_gives_the_same_answer_again(ask):
    assert ask() == ask()


def test_lines_that_only_move_change_nothing(ask, shop):
    before = ask()
    (shop.path / "src/Berth.java").write_text("// moored\n\n" + FILES["src/Berth.java"])
    assert ask() == before


def test_a_tag_that_goes_is_seen(ask, shop):
    assert ask()["defects"] == 0
    (shop.path / "src/BerthTest.java").write_text("class BerthTest {}\n")
    assert (ask()["defects"], [cause["owner"] for cause in ask()["causes"]]) == (1, ["role:harbour-master"])


def test_a_place_that_is_named_moves_with_its_line(ask, shop):
    (shop.path / "src/BerthTest.java").write_text(tag("utest", "req~moor~2"))
    assert ask()["causes"][0]["line"] == 1
    (shop.path / "src/BerthTest.java").write_text("\n\n" + tag("utest", "req~moor~2"))
    assert ask()["causes"][0]["line"] == 3


def test_a_file_that_comes_is_counted(ask, shop):
    before = sum(row["files"] for row in ask()["files"])
    (shop.path / "notes.txt").write_text("nothing\n")
    assert sum(row["files"] for row in ask()["files"]) == before + 1


@pytest.mark.parametrize("left", [b"", b"{", b'{"files": {}, "answer": {}}', b"[]"])
def test_a_damaged_answer_is_worked_out_again(ask, tmp_path, left):
    before = ask()
    kept = list(Path(tmp_path).rglob("traces/*.json"))
    for file in kept:
        file.write_bytes(left)
    assert ask() == before


def test_a_dependency_that_leads_nowhere_or_back_is_told_once(ask, shop):
    (shop.path / "doc/more.md").write_text(
        item("feat~tide~1", depends="feat~moon~1")
        + item("feat~moon~1", depends="feat~tide~1")
        + item("feat~sun~1", depends="feat~gone~1")
    )
    said = ask()
    assert [(cause["cause"], cause["subject"], cause["affected"]) for cause in said["causes"]] == [
        ("broken_dependency", "feat~gone~1", 0),
        ("circular_dependency", "feat~tide~1", 0),
    ]
    assert said["defects"] == 0
