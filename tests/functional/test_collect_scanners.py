"""`trueline collect --sarif` and `--scorecard`, and the standards that they measure."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Said, Workshop

STANDARD = """---
kind: standard
id: {id}
title: Lines are short
rule: {rule}
paths: [{paths}]
status: active
---
"""


def sarif(
    *places: tuple[str, str, int], tool: str = "ruff", ended: str | None = None, text: str = "is too long"
) -> str:
    results = [
        {
            "ruleId": rule,
            "message": {"text": f"{text} {line}"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": path}, "region": {"startLine": line}}}],
        }
        for rule, path, line in places
    ]
    run: dict[str, Any] = {"tool": {"driver": {"name": tool, "version": "1.2"}}, "results": results}
    if ended:
        run["invocations"] = [{"endTimeUtc": ended, "executionSuccessful": True}]
    return json.dumps({"version": "2.1.0", "runs": [run]}, indent=1)


def scorecard(score: int = 3) -> str:
    return json.dumps({"date": "2026-02-12", "checks": [{"name": "SAST", "score": score, "reason": "no tool ran"}]})


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    made = new_repository("shop")
    made.commit("Begin", {"src/cart.py": "total = 0\n", "tests/test_cart.py": "\n", "trueline.toml": "schema = 1\n"})
    made.write("build/ruff.sarif", sarif(("E501", "src/cart.py", 1), ("E501", "tests/test_cart.py", 1)))
    return made


def asked(trueline: Callable[..., Said], shop: Workshop, sql: str) -> list[dict[str, Any]]:
    said = trueline("query", "-C", shop.path, "--format", "jsonl", sql).answers()
    return [json.loads(line) for line in said.out.splitlines()]


def collect(trueline: Callable[..., Said], shop: Workshop, *words: str) -> Said:
    return trueline("collect", "-C", shop.path, *words)


def test_results_are_about_the_commit_and_its_files(trueline, shop):
    head = shop.git("rev-parse", "HEAD")
    absolute = (shop.path / "src/cart.py").as_uri()
    shop.write("other.sarif", sarif(("F401", absolute, 2), tool="lint"))

    collect(trueline, shop, "--sarif", "build/ruff.sarif", "--sarif", "other.sarif").answers()

    rows = asked(
        trueline, shop, "select commit_id, tool, rule, path, line, message from scanner_results order by tool, path"
    )
    assert [(row["tool"], row["rule"], row["path"], row["line"]) for row in rows] == [
        ("lint", "F401", "src/cart.py", 2),
        ("ruff", "E501", "src/cart.py", 1),
        ("ruff", "E501", "tests/test_cart.py", 1),
    ]
    assert {row["commit_id"] for row in rows} == {head}
    assert rows[0]["message"] == "is too long 2"


def test_a_run_without_results_is_known_to_be_none(trueline, shop):
    shop.write("none.sarif", sarif(ended="2026-02-12T10:00:00Z"))

    collect(trueline, shop, "--sarif", "none.sarif").answers()

    assert asked(trueline, shop, "select tool, results, is_successful, ran_at from scanner_runs") == [
        {"tool": "ruff", "results": 0, "is_successful": True, "ran_at": "2026-02-12T10:00:00Z"}
    ]


def test_the_same_report_again_brings_nothing_and_a_corrected_one_replaces_it(trueline, shop):
    collect(trueline, shop, "--sarif", "build/ruff.sarif").answers()

    again = collect(trueline, shop, "--sarif", "build/ruff.sarif").answers()
    shop.write("build/ruff.sarif", sarif(("E501", "src/cart.py", 9)))
    collect(trueline, shop, "--sarif", "build/ruff.sarif").answers()

    assert "0 new rows" in again.out
    assert asked(trueline, shop, "select path, line from current_scanner_results") == [
        {"path": "src/cart.py", "line": 9}
    ]


def test_an_earlier_report_that_is_brought_again_is_what_the_tool_says_now(trueline, shop):
    shop.write("fixed.sarif", sarif(("E501", "tests/test_cart.py", 9)))
    for report in ("build/ruff.sarif", "fixed.sarif", "build/ruff.sarif"):
        collect(trueline, shop, "--sarif", report).answers()

    paths = asked(trueline, shop, "select path from current_scanner_results order by path")
    again = collect(trueline, shop, "--sarif", "build/ruff.sarif").answers()

    assert [row["path"] for row in paths] == ["src/cart.py", "tests/test_cart.py"]
    assert "0 new rows" in again.out


def test_every_wrong_report_of_any_kind_is_told_at_once_and_nothing_is_published(trueline, shop):
    shop.write("old.sarif", '{\n"version": "2.0.0"}')
    shop.write("cut.sarif", '{"version": "2.1.0",\n')
    shop.write("score.json", '{"checks": 3}')
    shop.write("junit.xml", "<testsuite><testcase name='a'/></testsuite>")

    said = collect(
        trueline, shop,
        "--tests", "junit.xml", "--tests", "gone.xml", "--scorecard", "score.json",
        "--sarif", "build/ruff.sarif", "--sarif", "old.sarif", "--sarif", "cut.sarif", "--sarif", "none.sarif",
    )  # fmt: skip

    said.refuses("old.sarif:2:1: has version 2.0.0", "cut.sarif:2:", "score.json:1:2", "gone.xml", "none.sarif")
    assert asked(trueline, shop, "select count(*) as n from scanner_runs") == [{"n": 0}]
    assert asked(trueline, shop, "select count(*) as n from test_results") == [{"n": 0}]


def test_reports_of_several_kinds_are_collected_together(trueline, shop):
    shop.write("score.json", scorecard())
    shop.write("junit.xml", "<testsuite><testcase name='a'/></testsuite>")

    said = collect(
        trueline, shop, "--tests", "junit.xml", "--scorecard", "score.json", "--sarif", "build/ruff.sarif"
    ).answers()

    assert "3 sources, none failed" in said.out


def test_no_word_of_a_secret_scanner_reaches_the_lake(trueline, shop):
    shop.write("leaks.sarif", sarif(("aws-key", "src/cart.py", 1), tool="gitleaks", text="found hunter2swordfish"))

    collect(trueline, shop, "--sarif", "leaks.sarif").answers()

    assert asked(trueline, shop, "select rule, path, message from scanner_results") == [
        {"rule": "aws-key", "path": "src/cart.py", "message": None}
    ]
    assert "hunter2swordfish" not in trueline("query", "-C", shop.path, "--format", "json", "from scanner_results").out


def test_a_report_may_be_about_a_commit_that_is_not_here(trueline, shop):
    collect(trueline, shop, "--sarif", "build/ruff.sarif", "--commit", "ab" * 20).answers()
    assert asked(trueline, shop, "select distinct commit_id from scanner_results") == [{"commit_id": "ab" * 20}]


def test_options_that_do_not_go_together_are_refused(trueline, shop):
    collect(trueline, shop, "--sarif", "a.sarif", "--feed", "deployments", "b.csv").refuses("alone")
    collect(trueline, shop, "--scorecard", "a.json", "--lines").refuses("alone")


def test_a_standard_is_wanting_evidence_then_broken_in_its_paths_then_kept(trueline, shop):
    shop.commit("Agree", {"standards/STD-1.md": STANDARD.format(id="STD-1", rule="ruff:E5*", paths="src/")})
    collect(trueline, shop).answers()

    shop.write("other.sarif", sarif(tool="mypy"))
    collect(trueline, shop, "--sarif", "other.sarif").answers()
    wanting = trueline("rule", "run", "-C", shop.path, "standard_without_evidence").is_told_well()
    assert "STD-1" in wanting.out
    assert "no finished run for ruff:E5*" in wanting.out

    collect(trueline, shop, "--sarif", "build/ruff.sarif").answers()
    measured = trueline("rule", "run", "-C", shop.path, "standard_without_evidence").is_told_well()
    broken = trueline("rule", "run", "-C", shop.path, "standard_not_kept").is_told_well()
    assert "STD-1" not in measured.out
    assert "src/cart.py" in broken.out
    assert "tests/test_cart.py" not in broken.out

    shop.write("build/ruff.sarif", sarif(("E501", "tests/test_cart.py", 1)))
    collect(trueline, shop, "--sarif", "build/ruff.sarif").answers()
    assert "src/cart.py" not in trueline("rule", "run", "-C", shop.path, "standard_not_kept").is_told_well().out
    assert (
        trueline("metric", "show", "-C", shop.path, "standards_kept", "--format", "json").answers().json["value"] == 1
    )


def test_a_standard_whose_rule_names_no_tool_is_a_mistake_of_the_record(trueline, shop):
    shop.commit("Agree", {"standards/STD-1.md": STANDARD.format(id="STD-1", rule="short lines", paths="")})
    collect(trueline, shop).answers()
    said = trueline("rule", "run", "-C", shop.path, "record_with_problem").is_told_well()
    assert "standards/STD-1.md" in said.out
    assert "rule" in said.out


def test_a_standard_that_names_no_check_of_ours_is_told_with_the_nearest_one(trueline, shop):
    shop.write("standards/STD-1.md", STANDARD.format(id="STD-1", rule="conformance.broken_referense", paths=""))
    shop.write("standards/STD-2.md", STANDARD.format(id="STD-2", rule="conformance.broken_reference", paths=""))

    said = trueline("check", "-C", shop.path)

    assert said.status == 2
    assert said.err.count("STD-") == 2
    assert 'standards/STD-1.md:2: "STD-1" names the check "conformance.broken_referense", and there is none' in said.err
    assert "Did you mean conformance.broken_reference?" in said.err


def test_a_low_score_is_found_and_an_unknown_one_is_nothing(trueline, shop):
    shop.write("score.json", scorecard(3))
    collect(trueline, shop, "--scorecard", "score.json").answers()
    assert "has 3 of 10: no tool ran" in trueline("rule", "run", "-C", shop.path, "scorecard_below").is_told_well().out

    shop.write("score.json", scorecard(-1))
    collect(trueline, shop, "--scorecard", "score.json").answers()
    assert "unknown" in trueline("rule", "run", "-C", shop.path, "scorecard_below").is_told_well().out.lower()
