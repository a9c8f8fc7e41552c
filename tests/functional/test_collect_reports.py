"""`trueline collect --tests` and `--coverage`: what ran at a commit, and what it reached."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop

JUNIT = (
    '<testsuites><testsuite name="unit" timestamp="2026-02-20T10:00:00Z">'
    '<testcase classname="tests.test_cart" name="test_total" file="tests/test_cart.py" line="3" time="0.5"/>'
    '<testcase classname="tests.test_cart" name="test_empty"><failure message="1 != 0"/></testcase>'
    "</testsuite></testsuites>"
)
COVERED = '{"meta": {}, "files": {"cart.py": {"executed_lines": [1, 2], "missing_lines": [5]}}}'


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    made = new_repository("shop")
    made.commit("Begin", {"cart.py": "total = 0\n"})
    made.write("build/junit.xml", JUNIT)
    made.write("build/coverage.json", COVERED)
    return made


def asked(trueline: Callable[..., Said], shop: Workshop, sql: str) -> list[dict[str, object]]:
    said = trueline("query", "-C", shop.path, "--format", "jsonl", sql).answers()
    return [json.loads(line) for line in said.out.splitlines()]


def collect(trueline: Callable[..., Said], shop: Workshop, *words: str) -> Said:
    return trueline("collect", "-C", shop.path, *words)


def test_results_and_coverage_are_about_the_commit_that_is_checked_out(trueline, shop):
    head = shop.git("rev-parse", "HEAD")

    collect(trueline, shop, "--tests", "build/junit.xml", "--coverage", "build/coverage.json").answers()

    assert asked(trueline, shop, "select commit_id, test, status, seconds from test_results order by test") == [
        {"commit_id": head, "test": "tests.test_cart.test_empty", "status": "failed", "seconds": None},
        {"commit_id": head, "test": "tests.test_cart.test_total", "status": "passed", "seconds": 0.5},
    ]
    assert asked(trueline, shop, "select path, covered_lines, missed_lines from coverage") == [
        {"path": "cart.py", "covered_lines": [1, 2], "missed_lines": [5]}
    ]


def test_the_same_report_again_brings_nothing_and_a_corrected_one_counts(trueline, shop):
    collect(trueline, shop, "--tests", "build/junit.xml").answers()

    again = collect(trueline, shop, "--tests", "build/junit.xml").answers()
    shop.write("build/junit.xml", JUNIT.replace('<failure message="1 != 0"/>', ""))
    collect(trueline, shop, "--tests", "build/junit.xml").answers()

    assert "no new row" in again.out or "0 new rows" in again.out
    assert asked(trueline, shop, "select distinct status from test_results") == [{"status": "passed"}]


def test_a_commit_can_be_named_and_must_exist(trueline, shop):
    first = shop.git("rev-parse", "HEAD")
    shop.commit("Go on")

    collect(trueline, shop, "--tests", "build/junit.xml", "--commit", "HEAD~1").answers()

    assert asked(trueline, shop, "select distinct commit_id from test_results") == [{"commit_id": first}]
    collect(trueline, shop, "--tests", "build/junit.xml", "--commit", "nowhere").refuses("no commit", "--commit")


def test_every_wrong_report_is_told_at_once_and_nothing_is_published(trueline, shop):
    shop.write("bomb.xml", '<!DOCTYPE a [<!ENTITY b "c">]>\n<testsuite/>')
    shop.write("cut.json", '{"files":\n')

    said = collect(
        trueline,
        shop,
        "--tests",
        "build/junit.xml",
        "--tests",
        "bomb.xml",
        "--coverage",
        "cut.json",
        "--tests",
        "none.xml",
    )

    said.refuses("bomb.xml:1:", "declares an entity", "cut.json:2:", "none.xml: cannot be read")
    assert asked(trueline, shop, "select count(*) as n from test_results") == [{"n": 0}]


def test_options_that_do_not_go_together_are_refused(trueline, shop):
    collect(trueline, shop, "--commit", "HEAD").refuses("--tests")
    collect(trueline, shop, "--tests", "a.xml", "--feed", "deployments", "b.csv").refuses("alone")


def test_a_large_report_is_read_in_flat_memory(trueline, shop, tmp_path: Path):
    case = '<testcase classname="a" name="t{}"><system-out>' + "x" * 2_000 + "</system-out></testcase>\n"
    shop.write("large.xml", "<testsuite>" + "".join(case.format(n) for n in range(2_000)) + "</testsuite>")

    collect(trueline, shop, "--tests", "large.xml").answers()

    assert asked(trueline, shop, "select count(*) as n from test_results") == [{"n": 2_000}]
