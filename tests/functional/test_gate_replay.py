"""The gate replayed over history: each commit judged once, merges by what their own hand did."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Said, Workshop
from .test_gate import CART, WEAKER

Trueline = Callable[..., Said]
OTHER = "def test_other():\n    assert other() == 1\n"


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    shop = new_repository("shop")
    shop.commit("Begin", {"tests/test_cart.py": CART})
    return shop


@pytest.fixture
def replay(trueline: Trueline) -> Callable[..., list[dict[str, Any]]]:
    def call(place: Workshop, *words: str) -> list[dict[str, Any]]:
        said = trueline("gate", "-C", place.path, "--format", "jsonl", "--replay", *words).is_told_well()
        return [json.loads(line) for line in said.out.splitlines()]

    return call


def kinds(lines: list[dict[str, Any]]) -> list[list[str]]:
    return [[one["kind"] for one in line["kinds"]] for line in lines]


def test_every_commit_of_a_range_gets_one_line_oldest_first_in_the_fixed_shape(shop, replay):
    weakened = shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    restored = shop.commit("Restore", {"tests/test_cart.py": CART})

    lines = replay(shop, "HEAD~2..HEAD")

    assert [line["commit"] for line in lines] == [weakened, restored]
    assert [(line["verdict"], line["weakened"]) for line in lines] == [("block", True), ("pass", False)]
    assert list(lines[0]) == ["commit", "verdict", "weakened", "kinds", "strengthened", "decisions", "why_unknown"]
    assert lines[0]["kinds"] == [
        {
            "kind": "assertion_removed",
            "path": "tests/test_cart.py",
            "unit": "test_total",
            "old": "assert total(2) == 20",
            "new": None,
        }
    ]
    assert lines[1]["strengthened"][0]["unit"] == "test_total"
    assert lines[0]["decisions"] == []


def test_one_commit_means_that_one_alone(shop, replay):
    weakened = shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    shop.commit("More")

    assert [line["commit"] for line in replay(shop, weakened)] == [weakened]


def test_the_newest_so_many_are_replayed_oldest_first(shop, replay):
    ids = [shop.commit(f"Change {n}") for n in range(4)]

    assert [line["commit"] for line in replay(shop, "HEAD", "--last", "3")] == ids[1:]


def test_a_second_replay_gives_the_same_bytes_from_the_cache(shop, replay, own_places):
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})

    first, second = replay(shop, "HEAD", "--last", "5"), replay(shop, "HEAD", "--last", "5")

    assert first == second
    assert list(own_places.rglob("replay-*.jsonl"))


def test_damaged_lines_of_the_cache_are_judged_again(shop, replay, own_places):
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    first = replay(shop, "HEAD", "--last", "5")
    for file in own_places.rglob("replay-*.jsonl"):
        file.write_text('{"key": 1}\nnot json\n[]\n')

    assert replay(shop, "HEAD", "--last", "5") == first


def test_the_root_commit_weakens_nothing(shop, replay):
    assert [line["verdict"] for line in replay(shop, "HEAD")] == ["pass"]


def test_an_empty_commit_and_one_of_binary_content_pass(shop, replay):
    shop.commit("Empty", {})
    shop.commit("Binary", {"logo.png": b"\x89PNG\x00\x01"})

    assert [line["weakened"] for line in replay(shop, "HEAD~2..HEAD")] == [False, False]


def branch_and_merge(shop: Workshop, ours: dict[str, str], theirs: dict[str, str], merged: dict[str, str]) -> str:
    """Make two branches that change the same files, and a merge that a hand resolved."""
    shop.git("checkout", "-q", "-b", "theirs")
    shop.commit("Theirs", theirs)
    shop.git("checkout", "-q", "main")
    shop.commit("Ours", ours)
    shop.git("merge", "-q", "--no-commit", "--no-ff", "-s", "ours", "theirs")
    return shop.commit("Merge", merged)


def test_a_merge_that_keeps_both_sides_is_nothing_to_report(shop, replay):
    ours, theirs = CART + "\n\n" + OTHER, "import shop\n\n\n" + WEAKER
    merge = branch_and_merge(
        shop,
        {"tests/test_cart.py": ours},
        {"tests/test_cart.py": theirs},
        {"tests/test_cart.py": "import shop\n\n\n" + WEAKER + "\n\n" + OTHER},
    )

    assert kinds(replay(shop, merge)) == [[]]


def test_a_merge_whose_hand_drops_a_test_of_one_side_is_reported(shop, replay):
    merge = branch_and_merge(
        shop,
        {"tests/test_cart.py": CART + "\n\n" + OTHER},
        {"tests/test_cart.py": "import shop\n\n\n" + CART},
        {"tests/test_cart.py": "import shop\n\n\n" + CART + "\n\nX = 1\n"},
    )

    assert kinds(replay(shop, merge)) == [["test_deleted"]]


def test_a_landed_merge_is_judged_by_all_that_it_brings(shop, replay):
    shop.git("checkout", "-q", "-b", "change")
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    shop.git("checkout", "-q", "main")
    shop.commit("Other")
    shop.git("merge", "-q", "--no-ff", "-m", "Merge", "change")

    assert kinds(replay(shop, "HEAD~2..HEAD", "--landed")) == [[], ["assertion_removed"]]
    assert kinds(replay(shop, "HEAD")) == [[]]


def test_an_octopus_merge_is_judged(shop, replay):
    for name in ("one", "two", "three"):
        shop.git("checkout", "-q", "-b", name, "main")
        shop.commit(name, {f"tests/test_{name}.py": OTHER.replace("other", name)})
    shop.git("checkout", "-q", "main")
    shop.git("merge", "-q", "-m", "Octopus", "one", "two", "three")

    assert len(shop.git("rev-list", "--parents", "-1", "HEAD").split()) == 4  # itself and three parents
    assert [line["verdict"] for line in replay(shop, "HEAD")] == ["pass"]


def test_a_commit_at_which_a_shallow_copy_is_cut_off_is_unknown(shop, replay, tmp_path, new_repository):
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    shop.git("clone", "-q", "--depth", "1", f"file://{shop.path}", str(tmp_path / "cut"))
    cut = Workshop.__new__(Workshop)
    cut.path = tmp_path / "cut"

    line = replay(cut, "HEAD")[0]

    assert (line["verdict"], line["weakened"], line["why_unknown"]) == (
        "unknown",
        None,
        "history is cut off at this commit",
    )


def test_contents_that_a_partial_clone_lacks_make_a_commit_unknown(shop, replay, tmp_path):
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    shop.git("config", "uploadpack.allowFilter", "true")
    shop.git("clone", "-q", "--bare", "--filter=blob:none", f"file://{shop.path}", str(tmp_path / "partial"))
    partial = Workshop.__new__(Workshop)
    partial.path = tmp_path / "partial"

    assert [line["verdict"] for line in replay(partial, "HEAD")] == ["unknown"]


def test_a_submodule_and_a_link_enforce_nothing(shop, replay):
    (shop.path / "tests" / "test_link.py").symlink_to("/etc/hostname")
    shop.commit("Link", {})
    shop.git("update-index", "--add", "--cacheinfo", "160000," + "1" * 40 + ",tests/test_module.py")
    shop.git("commit", "-q", "-m", "Submodule")

    assert [line["verdict"] for line in replay(shop, "HEAD~2..HEAD")] == ["pass", "pass"]


def test_modes_of_today_decide_what_a_replay_says(shop, replay):
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    shop.commit("Advise", {"trueline.toml": 'schema = 1\n[rules."gate.assertion_removed"]\nmode = "advise"\n'})

    assert [line["verdict"] for line in replay(shop, "HEAD~2..HEAD")] == ["report", "pass"]


@pytest.mark.parametrize("range_", ["nowhere..HEAD", "--output=x HEAD", "", '"'])
def test_a_range_that_git_does_not_know_or_that_could_write_is_refused(shop, trueline, range_):
    trueline("gate", "-C", shop.path, "--replay", range_).refuses("range")
    assert not (shop.path / "x").exists()


def test_a_range_without_commits_examined_nothing(shop, trueline):
    assert trueline("gate", "-C", shop.path, "--replay", "HEAD..HEAD", "--format", "jsonl").status == 3


def test_people_see_each_commit_that_is_not_clean_and_how_often_each_rule_speaks(shop, trueline):
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})

    said = trueline("gate", "-C", shop.path, "--replay", "HEAD", "--last", "9").answers()

    assert "assert total(2) == 20" in said.out
    assert said.out.splitlines()[-1] == "2 commits replayed: 1 block, 0 report, 0 unknown, 1 pass."


def test_many_commits_are_judged_in_two_processes_as_in_one(shop, installed):
    for number in range(50):
        shop.commit("Weaken", {"tests/test_cart.py": WEAKER + f"# {number}\n"})
        shop.commit("Restore", {"tests/test_cart.py": CART + f"# {number}\n"})

    said = installed("gate", "-C", shop.path, "--replay", "HEAD", "--last", "200", "--format", "jsonl").answers()

    verdicts = [json.loads(line)["verdict"] for line in said.out.splitlines()]
    assert verdicts == ["pass", *["block", "pass"] * 50]
