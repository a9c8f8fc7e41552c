"""What a replay stored of a real repository, as the gate reads it before a rule may block."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trueline.app.gate_replay import past_of
from trueline.app.gate_rules import GateModes
from trueline.app.judged import landed_before
from trueline.app.replaying import replay_commits
from trueline.sources.git import Repository, open_repository

from .conftest import NOW, Said, Workshop

NOW_AT = datetime.fromtimestamp(NOW, UTC)
TEST = "from cart import total\n\n\ndef test_total():\n    assert total([1, 2]) == 3\n"


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    made = new_repository("shop")
    made.commit("Begin", {"tests/test_cart.py": TEST, "src/cart.py": "total = sum\n"})
    for number in range(3):
        made.commit(f"Write {number}", {"src/cart.py": f"total = sum  # {number}\n"})
    made.commit("Drop the test", {"tests/test_cart.py": "from cart import total\n"})
    return made


def judged(repository: Repository, folder: Path, newest: int) -> None:
    head = repository.git.output("rev-parse", "HEAD").decode().strip()
    list(replay_commits(repository, landed_before(repository, head, NOW_AT)[:newest], GateModes({}), folder))


def test_only_what_was_judged_before_the_base_counts(shop, tmp_path):
    repository = open_repository(shop.path)
    head, before = shop.git("rev-parse", "HEAD"), shop.git("rev-parse", "HEAD~1")

    unjudged = past_of(repository, head, tmp_path, NOW_AT)
    judged(repository, tmp_path, newest=3)

    assert unjudged.judged == 0
    assert past_of(repository, head, tmp_path, NOW_AT).judged == 3
    assert past_of(repository, head, tmp_path, NOW_AT).stopped == {"gate.test_deleted": 1}
    assert past_of(repository, before, tmp_path, NOW_AT).stopped == {}


def test_a_commit_that_is_not_here_has_no_past(shop, tmp_path):
    assert past_of(open_repository(shop.path), "0" * 40, tmp_path, NOW_AT).judged == 0


def test_a_change_that_lets_rules_block_less_is_a_change_of_the_gate(shop: Workshop, trueline: Callable[..., Said]):
    shop.commit("Settings", {"trueline.toml": 'schema = 1\n[gate]\nwithout_replay = "block"\njudged_changes = 40\n'})
    shop.commit("Loosen", {"trueline.toml": "schema = 1\n[gate]\nstopped_share = 0.01\njudged_changes = 50\n"})

    said = trueline("gate", "-C", shop.path, "--base", "HEAD~1", "--head", "HEAD")

    for words in (
        "stopped_share goes from 0.02 to 0.01",
        "judged_changes goes from 40 to 50",
        "goes from block to advise",
    ):
        assert words in " ".join(said.out.split())


@pytest.mark.parametrize(("without", "status", "verdict"), [("block", 1, "block"), ("advise", 0, "report")])
def test_a_measured_kind_blocks_where_its_past_allows_it(
    shop: Workshop, trueline: Callable[..., Said], without: str, status: int, verdict: str
):
    modes = f'schema = 1\n[gate]\nwithout_replay = "{without}"\n[rules."gate.test_deleted"]\nmode = "block"\n'
    shop.commit("Settings", {"trueline.toml": modes, "tests/test_cart.py": TEST})
    shop.commit("Drop the test", {"tests/test_cart.py": "from cart import total\n"})

    said = trueline("gate", "-C", shop.path, "--base", "HEAD~1", "--head", "HEAD", "--format", "json")

    assert said.status == status, said.err
    assert said.json["verdict"] == verdict


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("stopped_share = 2", "gate.stopped_share must be a number from 0 to 1, not 2"),
        ("stopped_share = true", "gate.stopped_share must be a number from 0 to 1, not true or false"),
        ("judged_changes = 0", "gate.judged_changes must be a number from 1 to 1,000,000, not 0"),
        ("judged_changes = 2.5", "gate.judged_changes must be a whole number, not 2.5"),
        ('without_replay = "pass"', 'gate.without_replay must be one of advise, block, not "pass"'),
        ("fewest = 3", '"fewest" is no setting of gate'),
    ],
)
def test_a_wrong_setting_of_the_gate_is_told_with_its_place(shop, trueline, setting, words):
    shop.write("trueline.toml", f"schema = 1\n[gate]\n{setting}\n")

    said = trueline("check", "-C", shop.path)

    assert said.status == 2
    assert f"trueline.toml:3:1: {words}" in said.err
