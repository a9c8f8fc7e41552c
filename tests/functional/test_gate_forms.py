"""The gate's answer in the form of each forge: valid, escaped, and the same thing again tomorrow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Said, Workshop
from .test_gate import CART, WEAKER

Trueline = Callable[..., Said]
HOSTILE = "tests/test_a,b%0A`x`@team.py"


@pytest.fixture
def shop(new_repository: Callable[..., Workshop], monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """A weakened test, and another in a file whose name tries to be a command."""
    for name in ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "GITHUB_BASE_REF", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    shop = new_repository("shop")
    shop.commit("Begin", {"tests/test_cart.py": CART, HOSTILE: CART.replace("total", "sum")})
    shop.git("checkout", "-q", "-b", "change")
    shop.write("tests/test_cart.py", WEAKER)
    shop.write(HOSTILE, WEAKER.replace("total", "sum"))
    return shop


def test_sarif_has_everything_that_the_standard_requires(shop, trueline):
    log = trueline("gate", "-C", shop.path, "--format", "sarif").answers().json

    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"] == "trueline"
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9/._%~-]+", place["artifactLocation"]["uri"])
        assert place["region"]["startLine"] >= 1


def test_fingerprints_hold_neither_line_nor_value(shop, trueline):
    def fingerprints() -> set[str]:
        issues: list[dict[str, Any]] = trueline("gate", "-C", shop.path, "--format", "gitlab").answers().json
        return {issue["fingerprint"] for issue in issues}

    before = fingerprints()
    shop.write("tests/test_cart.py", "# one\n# two\n" + WEAKER)

    assert fingerprints() == before
    assert len(before) == 2


def test_gitlab_gets_description_check_fingerprint_severity_and_place(shop, trueline):
    for issue in trueline("gate", "-C", shop.path, "--format", "gitlab").answers().json:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1


def test_github_annotations_cannot_be_forged_by_a_file_name(shop, trueline):
    lines = trueline("gate", "-C", shop.path, "--format", "github").answers().out.splitlines()

    assert all(re.match(r"::(error|warning|notice) ", line) for line in lines)
    assert any("file=tests/test_a%2Cb%250A`x`@team.py," in line for line in lines)


def test_at_most_ten_annotations_are_written_and_the_rest_is_in_the_summary(shop, trueline, monkeypatch, tmp_path):
    many = "".join(f"def test_{n}():\n    assert f({n}) == {n}\n\n\n" for n in range(14))
    shop.commit("Many", {"tests/test_many.py": many})
    shop.git("branch", "-f", "main")
    shop.write("tests/test_many.py", many.replace("    assert f", "    f"))
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))

    said = trueline("gate", "-C", shop.path, "--format", "github").answers()

    assert sum(line.startswith("::warning file=") for line in said.out.splitlines()) == 10
    assert summary.read_text().startswith("before\n<!-- trueline-gate -->")


def test_the_comment_begins_with_its_marker_and_mentions_nobody(shop, trueline):
    said = trueline("gate", "-C", shop.path, "--format", "md").answers()

    assert said.out.startswith("<!-- trueline-gate -->\n")
    outside_of_code = re.sub(r"(`+).+?\1", "", said.out)
    assert "@" not in outside_of_code
    assert "assert sum(2) == 20" in said.out


def test_an_answer_is_written_to_a_file_and_the_verdict_to_the_screen(shop, trueline, tmp_path):
    said = trueline("gate", "-C", shop.path, "--format", "sarif", "-o", tmp_path / "gate.sarif").answers()

    assert said.out == ""
    assert said.err.startswith("report: ")
    assert (tmp_path / "gate.sarif").read_text().startswith("{")


def test_a_replay_has_no_form_for_forges(shop, trueline):
    trueline("gate", "-C", shop.path, "--replay", "HEAD", "--format", "sarif").refuses("jsonl")
