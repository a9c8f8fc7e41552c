"""The page of a practice: the same parts as a scan's, its own order, nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from report_fixture import HOSTILE, MOMENT, REPOSITORY, RICH, hostile, huge

from trueline.app.practice_page import PracticeReport
from trueline.app.scan_report import ScanReport
from trueline.model.practice import Practice
from trueline.surfaces.cli.practice.outline import outline, said, verdict
from trueline.surfaces.cli.practice.page import render_practice
from trueline.surfaces.cli.practice.payload import practice_payload
from trueline.surfaces.cli.practice.text import practice_text
from trueline.surfaces.cli.scan.outline import Limits
from trueline.surfaces.cli.scan.rendering import MAX_BYTES
from trueline.surfaces.cli.style import Style


def told(scan: ScanReport, root: Path = Path("elsewhere"), *, is_built_in: bool = True) -> PracticeReport:
    """Return what a practice would say that had all rules of a scan."""
    purpose = scan.headline if scan is not RICH else "Who knows what."
    practice = Practice("people", root, "People", purpose, "role:head-of-engineering", ())
    return PracticeReport(
        practice,
        is_built_in,
        MOMENT,
        scan.repository.name,
        1,
        date(2026, 11, 20),
        scan.duties,
        scan.checks,
        scan.metrics,
        scan.drawings,
        scan.findings,
    )


@pytest.mark.parametrize("make", [lambda: RICH, hostile, huge], ids=["rich", "hostile", "huge"])
def test_every_page_is_small_and_runs_and_fetches_nothing(make: Callable[[], ScanReport]) -> None:
    page = render_practice(told(make()))

    assert len(page.encode()) <= MAX_BYTES
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?!#|data:,)", page)
    assert not re.search(r"\bon[a-z]+\s*=\s*\"", page)
    assert "default-src 'none'" in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_practice(told(RICH)) == render_practice(told(RICH))


def test_what_does_not_hold_comes_first_and_what_does_not_apply_is_folded() -> None:
    shown = outline(told(RICH), Limits(), lambda *_: (), version="1")

    words = [check["word"] for check in shown["answered"]]
    assert words == sorted(words, key=["failed", "does not hold", "unknown", "holds"].index)
    assert len(shown["answered"]) + len(shown["idle"]) == len(RICH.checks)


def test_every_check_says_of_how_many_or_why_not() -> None:
    assert [result.rule.id for result in RICH.checks if not said(result)] == []


def test_the_verdict_counts_every_check_once() -> None:
    numbers = re.findall(r"(\d+) (?:failed|do(?:es)? not hold|unknown|holds?|do(?:es)? not apply)", verdict(told(RICH)))

    assert sum(map(int, numbers)) == len(RICH.checks)


def test_a_built_in_practice_may_add_to_its_page_and_another_may_not(tmp_path: Path) -> None:
    own = '{% extends "practice.html.j2" %}{% block more %}<p id="own">{{ name }} & more</p>{% endblock %}'
    (tmp_path / "page.html").write_text(own)

    assert f'<p id="own">{REPOSITORY} & more</p>' in render_practice(told(RICH, tmp_path))
    assert 'id="own"' not in render_practice(told(RICH, tmp_path, is_built_in=False))


def test_text_and_json_tell_the_same_verdict_and_act_on_no_terminal() -> None:
    report = told(replace(RICH, headline=HOSTILE))

    text = practice_text(report, Style(80))

    assert text.rstrip().endswith(verdict(report))
    assert practice_payload(report)["verdict"] == verdict(report)
    assert "\x1b" not in practice_text(told(hostile()), Style(80))


def test_a_finding_says_of_which_repository_it_is_where_there_are_several() -> None:
    elsewhere = replace(RICH.findings[0], repository="crane<&")

    of_one, of_two = (
        render_practice(told(replace(RICH, findings=found))) for found in (RICH.findings, (*RICH.findings, elsewhere))
    )

    assert f"<li>{REPOSITORY}</li>" not in of_one
    assert f"<li>{REPOSITORY}</li>" in of_two
    assert "<li>crane&lt;&amp;</li>" in of_two
