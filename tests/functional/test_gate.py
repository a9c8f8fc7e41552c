"""The gate on real repositories: what it sees, by whose rules, and what it says where it cannot see."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop

Trueline = Callable[..., Said]

CART = "def test_total():\n    assert total(1) == 10\n    assert total(2) == 20\n\n\ndef test_empty():\n    assert total(0) == 0\n"
WEAKER = CART.replace("    assert total(2) == 20\n", "")
SPEC = """---
kind: spec
id: cart
title: The cart
status: canonical
owner: role:sales
paths: [shop/]
parameters: ["cart.timeout_seconds 1..30"]
---
# The cart

## Totals
- **CART-1** One apple costs 10.
"""
VERIFIED = 'def test_total():\n    """Verifies CART-1."""\n    assert total(1) == 10\n'


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    """A shop with a test on the main line, and a branch checked out."""
    shop = new_repository("shop")
    shop.commit("Begin", {"tests/test_cart.py": CART, "shop/cart.py": "def total(n):\n    return n * 10\n"})
    shop.git("checkout", "-q", "-b", "change")
    return shop


@pytest.fixture
def gate(trueline: Trueline, monkeypatch: pytest.MonkeyPatch) -> Trueline:
    """Run the gate as on a person's machine."""
    for name in [*os.environ]:
        if name.startswith(("CI", "GITHUB_", "GITLAB_")):
            monkeypatch.delenv(name)
    return lambda place, *words: trueline("gate", "-C", place, *words)


def answer(said: Said) -> dict[str, object]:
    value: dict[str, object] = said.is_told_well().json
    return value


def kinds(said: Said) -> list[str]:
    return [one["kind"] for one in said.is_told_well().json["kinds"]]


def test_an_assertion_that_is_gone_from_the_working_tree_is_reported_with_its_text(shop, gate):
    shop.write("tests/test_cart.py", WEAKER)

    said = gate(shop.path).answers()

    assert "gate.assertion_removed" in said.out
    assert "assert total(2) == 20" in said.out
    assert said.out.splitlines()[-1].startswith("report: 1 weakening")


def test_the_same_change_gets_the_same_answer_from_working_tree_commit_and_directory(shop, gate, tmp_path):
    shop.write("tests/test_cart.py", WEAKER)
    from_tree = gate(shop.path, "--format", "json").json
    shop.commit("Weaken", {})
    from_commit = gate(shop.path, "--head", "HEAD", "--format", "json").json
    shutil.copytree(shop.path, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    from_directory = gate(shop.path, "--head", tmp_path / "copy", "--base", "main", "--format", "json").json

    for one in (from_tree, from_commit, from_directory):
        del one["head"]
    assert from_tree == from_commit == from_directory
    assert from_tree["verdict"] == "report"


def test_two_plain_directories_are_compared_without_git(gate, tmp_path):
    for name, content in (("old", CART), ("new", WEAKER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "test_cart.py").write_text(content)

    said = gate(tmp_path / "old", "--base", tmp_path / "old", "--head", tmp_path / "new", "--format", "json")

    assert kinds(said) == ["assertion_removed"]


def test_a_test_that_moved_to_another_file_is_nothing_to_report(shop, gate):
    (shop.path / "tests" / "test_cart.py").unlink()
    shop.write("tests/unit/test_cart.py", CART)

    said = gate(shop.path, "--format", "json")

    assert kinds(said) == []
    assert said.json["verdict"] == "pass"


def test_untracked_files_count_and_ignored_ones_do_not(shop, gate):
    shop.commit("Ignore", {".gitignore": "*.tmp\n"})
    shop.write("tests/test_more.py", "def test_more():\n    assert more() == 1\n")
    shop.write("tests/test_x.tmp", "x")

    said = gate(shop.path, "--format", "json")

    assert said.json["examined"]["files"] == 2  # .gitignore and the new test
    assert [one["path"] for one in said.json["strengthened"]] == ["tests/test_more.py"]


def test_an_empty_change_examined_nothing_and_is_no_pass(shop, gate):
    said = gate(shop.path, "--format", "json")

    assert said.status == 3
    assert said.json["verdict"] == "unknown"
    assert "same" in said.json["why_unknown"]


def test_a_repository_without_tests_passes_and_says_how_many_units_it_saw(new_repository, gate):
    repository = new_repository("plain")
    repository.commit("Begin", {"notes.txt": "one\n"})
    repository.git("checkout", "-q", "-b", "change")
    repository.commit("Change", {"notes.txt": "two\n"})

    said = gate(repository.path).answers()

    assert "0 test units before and 0 after" in said.out


def test_an_unknown_base_is_refused(shop, gate):
    gate(shop.path, "--base", "nowhere").refuses("nowhere", "neither a commit nor a directory")


def test_a_base_that_looks_like_an_option_is_refused(shop, gate):
    gate(shop.path, "--base=--output=x").refuses("neither a commit nor a directory")
    assert not (shop.path / "x").exists()


def test_what_landed_on_the_main_line_meanwhile_is_not_laid_at_the_door_of_the_change(shop, gate):
    shop.commit("Change", {"shop/cart.py": "def total(n):\n    return 10 * n\n"})
    shop.git("checkout", "-q", "main")
    shop.commit("Land", {"tests/test_other.py": "def test_other():\n    assert other() == 1\n"})
    shop.git("checkout", "-q", "change")

    assert kinds(gate(shop.path, "--base", "main", "--format", "json")) == []


def test_a_head_older_than_its_base_is_compared_with_the_base_itself(shop, gate):
    first = shop.git("rev-parse", "HEAD")
    shop.commit("Add", {"tests/test_other.py": "def test_other():\n    assert other() == 1\n"})

    said = gate(shop.path, "--base", "HEAD", "--head", first, "--format", "json")

    assert kinds(said) == ["test_deleted"]


def test_a_detached_head_is_judged_like_any_other(shop, gate):
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    shop.git("checkout", "-q", "--detach")

    assert kinds(gate(shop.path, "--format", "json")) == ["assertion_removed"]


def test_ci_names_its_base_in_the_environment(shop, gate, monkeypatch):
    base = shop.git("rev-parse", "main")
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    shop.git("update-ref", "refs/remotes/origin/trunk", base)
    shop.write("tests/test_cart.py", CART)  # CI judges the commit, whatever lies in the working tree
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_BASE_REF", "trunk")

    assert kinds(gate(shop.path, "--format", "json")) == ["assertion_removed"]

    monkeypatch.delenv("GITHUB_BASE_REF")
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", base)
    assert kinds(gate(shop.path, "--format", "json")) == ["assertion_removed"]


def test_a_shallow_checkout_is_told_which_depth_to_fetch(shop, gate, monkeypatch, tmp_path):
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    shop.git("clone", "-q", "--depth", "1", "--branch", "change", f"file://{shop.path}", str(tmp_path / "ci"))
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")

    gate(tmp_path / "ci").refuses("fetch-depth: 0", "GIT_DEPTH", status=3)


def test_a_push_to_the_main_line_in_a_shallow_checkout_of_ci_is_told_which_depth_to_fetch(
    shop, gate, monkeypatch, tmp_path
):
    shop.commit("More", {"src/more.py": "more = 1\n"})
    shop.git("clone", "-q", "--depth", "1", shop.path.as_uri(), str(tmp_path / "shallow"))
    monkeypatch.setenv("CI", "true")

    said = gate(tmp_path / "shallow")

    assert said.status == 3
    assert "is not in this shallow copy" in said.err
    assert "fetch-depth: 0" in said.err


def test_a_large_golden_file_that_only_moved_is_nothing_to_report(shop, gate):
    shop.commit("Store", {"tests/golden/large.bin": b"\x00\x01" * 1_200_000, "tests/test_odd.py": "def test_(:\n"})
    shop.git("mv", "tests", "test")

    said = gate(shop.path, "--base", "HEAD")

    assert said.status == 0
    assert "Not known" not in said.out


def test_a_push_to_the_main_line_in_ci_is_judged_against_the_commit_before(shop, gate, monkeypatch):
    shop.git("checkout", "-q", "main")
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    monkeypatch.setenv("CI", "true")

    assert kinds(gate(shop.path, "--format", "json")) == ["assertion_removed"]


@pytest.mark.parametrize("side", ["base", "head"])
def test_a_test_file_that_cannot_be_read_makes_the_verdict_unknown(shop, gate, side):
    broken = "def test_total(:\n    assert (((\n" * 3
    good, bad = (CART, broken) if side == "head" else (broken, CART)
    shop.commit("One", {"tests/test_new.py": good})
    shop.commit("Two", {"tests/test_new.py": bad})

    said = gate(shop.path, "--base", "HEAD~1", "--head", "HEAD", "--format", "json")

    assert said.json["verdict"] in ("unknown", "report")
    assert "tests/test_new.py" in str(said.json["why_unknown"] or said.json["unreadable"])


def test_links_and_paths_that_lead_out_of_the_tree_are_never_followed(shop, gate, tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_text("def test_secret():\n    assert stolen() == 1\n")
    (shop.path / "tests" / "test_link.py").symlink_to(secret)
    shop.write("trueline.toml", "schema = 1\n")
    (shop.path / "practices").symlink_to(tmp_path)

    said = gate(shop.path, "--format", "json")

    assert "stolen" not in said.out
    assert said.json["strengthened"] == []


def test_a_head_whose_settings_are_broken_is_judged_by_those_of_its_base(shop, gate):
    shop.write("trueline.toml", 'schema = 1\n[rules."gate.rules_changed"]\nmode = "block"\n')
    shop.commit("Settings")
    shop.git("branch", "-f", "main")
    shop.write("trueline.toml", "this is not = toml [")

    said = gate(shop.path)

    assert said.is_told_well().status == 1
    assert "can no longer be read" in said.out


def test_a_change_cannot_switch_off_what_blocks_it(shop, gate):
    shop.write("trueline.toml", 'schema = 1\n[rules."gate.rules_changed"]\nmode = "block"\n')
    shop.commit("Settings")
    shop.git("branch", "-f", "main")
    shop.write("trueline.toml", 'schema = 1\n[rules."gate.rules_changed"]\nmode = "off"\n')

    said = gate(shop.path)

    assert said.is_told_well().status == 1
    assert "goes from block to off" in said.out


def test_a_practice_of_the_head_never_runs(shop, gate):
    shop.write("trueline.toml", 'schema = 1\n[practices]\npaths = ["own"]\n')
    shop.write("own/practice.yaml", "title: Own\n")
    shop.write("own/checks/bad.sql", "drop table files")

    said = gate(shop.path)

    assert said.is_told_well().status == 0


def test_exceptions_and_baselines_that_grow_are_changes_of_the_gate(shop, gate):
    shop.write("trueline.toml", 'schema = 1\n[records]\n"deviations/*.md" = "deviation"\n')
    shop.write(".lint-baseline.txt", "a.py:1\n")
    shop.commit("Settings")
    shop.git("branch", "-f", "main")
    shop.write(".lint-baseline.txt", "a.py:1\nb.py:2\n")
    shop.write(
        "deviations/D-1.md",
        "---\nkind: deviation\nid: D-1\ntitle: T\nreason: R\nowner: role:x\nexpires_on: 2030-01-01\n---\n",
    )

    changes = gate(shop.path, "--format", "json").json["gate_changes"]

    assert [(one["subject"], one["message"]) for one in changes] == [
        (".lint-baseline.txt", "lets more pass: 1 entry added"),
        ("deviation D-1", "is added"),
    ]


def test_a_rule_that_is_not_measured_reports_and_says_why_it_cannot_block(shop, gate):
    shop.write("trueline.toml", 'schema = 1\n[rules."gate.assertion_removed"]\nmode = "block"\n')
    shop.commit("Settings")
    shop.git("branch", "-f", "main")
    shop.write("tests/test_cart.py", WEAKER)

    said = gate(shop.path).answers()

    assert "gate.assertion_removed is set to block and cannot" in said.out


def test_an_unknown_rule_of_the_gate_is_refused_with_a_suggestion(shop, gate):
    shop.write("trueline.toml", 'schema = 1\n[rules."gate.test_deletd"]\nmode = "block"\n')
    shop.commit("Settings")
    shop.git("branch", "-f", "main")
    shop.write("tests/test_cart.py", WEAKER)

    gate(shop.path).refuses("gate.test_deletd", "test_deleted")


def test_a_handbook_elsewhere_judges_and_its_commit_is_printed(shop, gate, new_repository):
    handbook = new_repository("handbook")
    commit = handbook.commit(
        "Settings", {"trueline.toml": 'schema = 1\n[rules."gate.assertion_removed"]\nmode = "off"\n'}
    )
    shop.write("tests/test_cart.py", WEAKER)

    by_directory = gate(shop.path, "--handbook", handbook.path, "--format", "json")
    by_address = gate(shop.path, "--handbook", f"file://{handbook.path}", "--format", "json")

    assert kinds(by_directory) == kinds(by_address) == []
    assert commit[:12] in by_address.json["rules_from"]


def test_a_handbook_inside_the_tree_that_is_judged_is_refused(shop, gate):
    shop.write("handbook/trueline.toml", "schema = 1\n")

    gate(shop.path, "--handbook", shop.path / "handbook").refuses("the change can edit it")


def test_settings_files_on_the_command_line_are_refused(shop, gate):
    gate(shop.path, "--no-config").refuses("--handbook")


@pytest.fixture
def specified(shop: Workshop) -> Workshop:
    """The shop with a specification of the cart and a test that verifies it, on the main line."""
    shop.write("trueline.toml", 'schema = 1\n[records]\n"specs/*.md" = "spec"\n')
    shop.commit("Specify", {"specs/cart.md": SPEC, "tests/test_cart.py": VERIFIED})
    shop.git("branch", "-f", "main")
    return shop


def test_an_expectation_changed_without_its_specification_goes_to_the_owner_of_the_specification(specified, gate):
    specified.write("tests/test_cart.py", VERIFIED.replace("== 10", "== 12"))

    one = gate(specified.path, "--format", "json").json["kinds"][0]

    assert (one["kind"], one["standing"]) == ("expected_changed", "spec_untouched")
    assert [spec["owner"] for spec in one["specs"]] == ["role:sales"]
    assert one["specs"][0]["new"] == ["- **CART-1** One apple costs 10."]


def test_a_specification_that_changes_with_its_test_is_shown_with_both_texts(specified, gate):
    specified.write("tests/test_cart.py", VERIFIED.replace("== 10", "== 12"))
    specified.write("specs/cart.md", SPEC.replace("costs 10", "costs 12"))

    said = gate(specified.path)

    assert "changes with it" in said.out
    assert "- - **CART-1** One apple costs 10." in said.out
    assert "+ - **CART-1** One apple costs 12." in said.out


def test_a_specification_that_changed_before_makes_the_new_expectation_fine(specified, gate):
    specified.commit("Specify anew", {"specs/cart.md": SPEC.replace("costs 10", "costs 12")})
    specified.git("branch", "-f", "main")
    specified.write("tests/test_cart.py", VERIFIED.replace("== 10", "== 12"))

    said = gate(specified.path, "--format", "json")

    assert said.json["kinds"][0]["standing"] == "spec_changed_before"
    assert said.json["verdict"] == "pass"


def test_an_expectation_without_a_known_requirement_accuses_nobody(shop, gate):
    shop.write("tests/test_cart.py", CART.replace("== 20", "== 21"))

    one = gate(shop.path, "--format", "json").json["kinds"][0]

    assert (one["kind"], one["standing"], one["specs"]) == ("expected_changed", "no_requirement", [])


def test_governed_code_that_no_test_verifies_is_said(specified, gate):
    specified.commit("No test any more", {"tests/test_cart.py": CART})
    specified.git("branch", "-f", "main")
    specified.write("shop/cart.py", "def total(n):\n    return n * 11\n")

    assert "Governed path, unverified: cart governs shop/cart.py" in gate(specified.path).out


def test_governed_code_that_a_test_verifies_elsewhere_is_not_said(specified, gate):
    specified.write("shop/cart.py", "def total(n):\n    return n * 11\n")

    assert gate(specified.path, "--format", "json").json["unverified"] == []


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("config/app.yaml", "cart:\n  timeout_seconds: 10\n", "cart:\n  timeout_seconds: 90\n"),
        ("config/app.json", '{"cart": {"timeout_seconds": 10}}', '{"cart": {"timeout_seconds": 90}}'),
        ("config/app.toml", "[cart]\ntimeout_seconds = 10\n", "[cart]\ntimeout_seconds = 90\n"),
        (".env", "CART_TIMEOUT_SECONDS=10\n", "CART_TIMEOUT_SECONDS=90\n"),
        ("app.properties", "cart.timeout-seconds = 10\n", "cart.timeout-seconds = 90\n"),
    ],
)
def test_a_parameter_set_outside_its_specified_range_is_told(specified, gate, path, before, after):
    specified.commit("Configure", {path: before})
    specified.git("branch", "-f", "main")
    specified.write(path, after)

    said = gate(specified.path, "--format", "json")

    assert kinds(said) == ["parameter_out_of_range"]
    assert said.json["kinds"][0]["note"] == "cart allows 1..30"


def test_a_parameter_inside_its_range_is_nothing_to_tell(specified, gate):
    specified.commit("Configure", {"app.yaml": "cart: {timeout_seconds: 10}\n"})
    specified.git("branch", "-f", "main")
    specified.write("app.yaml", "cart: {timeout_seconds: 30}\n")

    assert kinds(gate(specified.path, "--format", "json")) == []


def test_a_rule_that_may_block_stops_the_change_with_status_1(specified, gate):
    specified.write(
        "trueline.toml",
        'schema = 1\n[records]\n"specs/*.md" = "spec"\n[rules."gate.parameter_out_of_range"]\nmode = "block"\n',
    )
    specified.commit("Configure", {"app.yaml": "cart: {timeout_seconds: 10}\n"})
    specified.git("branch", "-f", "main")
    specified.write("app.yaml", "cart: {timeout_seconds: 31}\n")

    said = gate(specified.path, "--format", "json")

    assert (said.status, said.json["verdict"]) == (1, "block")
    assert gate(specified.path, "--exit-zero").status == 0


def test_a_reference_that_the_change_breaks_is_new_and_an_old_one_is_inherited(shop, gate):
    shop.commit(
        "Write", {"README.md": "[a](docs/a.md) [b](docs/never.md)\n", "docs/a.md": "# A\n", "docs/b.md": "# B\n"}
    )
    shop.git("branch", "-f", "main")
    (shop.path / "docs" / "a.md").unlink()

    findings = gate(shop.path, "--format", "json").json["findings"]

    assert [(one["rule"], one["subject"]) for one in findings["new"]] == [("conformance.broken_reference", "docs/a.md")]


def test_a_record_that_the_change_breaks_is_a_new_finding(specified, gate):
    specified.write("specs/other.md", "---\nkind: spec\nid: other\ntitle: T\nstatus: wrong\nowner: role:x\n---\n")

    findings = gate(specified.path, "--format", "json").json["findings"]

    assert "conformance.record_with_problem" in {one["rule"] for one in findings["new"]}


def test_owners_of_what_is_touched_are_named_by_team_only(shop, gate):
    shop.commit("Own", {"CODEOWNERS": "tests/ @acme/quality\nshop/ @ana\n"})
    shop.git("branch", "-f", "main")
    shop.write("tests/test_cart.py", WEAKER)
    shop.write("shop/cart.py", "def total(n):\n    return 10 * n\n")

    said = gate(shop.path)

    assert "@acme/quality" in said.out
    assert "@ana" not in said.out


def test_the_repository_is_left_as_it_was(shop, gate):
    from .conftest import everything_in

    shop.write("tests/test_cart.py", WEAKER)
    before = everything_in(shop.path)

    gate(shop.path)

    assert everything_in(shop.path) == before


def test_a_merge_commit_as_head_is_judged_by_what_it_brings(shop, gate):
    shop.commit("Weaken", {"tests/test_cart.py": WEAKER})
    shop.git("checkout", "-q", "main")
    shop.commit("Other", {"other.txt": "x"})
    shop.git("merge", "-q", "--no-ff", "-m", "Merge", "change")

    assert kinds(gate(shop.path, "--base", "HEAD^1", "--head", "HEAD", "--format", "json")) == ["assertion_removed"]


def test_the_line_of_the_jsonl_format_has_the_fixed_shape(shop, gate):
    commit = shop.commit("Weaken", {"tests/test_cart.py": WEAKER})

    line = json.loads(gate(shop.path, "--head", "HEAD", "--format", "jsonl").out)

    assert list(line) == ["commit", "verdict", "weakened", "kinds", "strengthened", "decisions", "why_unknown"]
    assert line["commit"] == commit
    assert list(line["kinds"][0]) == ["kind", "path", "unit", "old", "new"]


def test_a_file_that_cannot_be_read_as_a_name_is_told_harmlessly(shop, gate):
    shop.write(b"tests/test_\x1b[31m\xff.py", CART)

    assert gate(shop.path, "--base", "main").is_told_well().status in (0, 3)


def test_a_commit_of_the_handbook_judges_where_a_path_is_named_alike(shop, gate, tmp_path: Path):
    shop.commit("Settings", {"trueline.toml": 'schema = 1\n[rules."gate.assertion_removed"]\nmode = "off"\n'})
    shop.git("tag", "rules")
    shop.git("reset", "-q", "--hard", "main")
    shop.write("tests/test_cart.py", WEAKER)

    assert kinds(gate(shop.path, "--handbook", "rules", "--format", "json")) == []
