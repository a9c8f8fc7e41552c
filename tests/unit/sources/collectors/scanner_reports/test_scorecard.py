from __future__ import annotations

import io
import json
from typing import Any

import pytest

from trueline.sources.collectors.scanner_reports.json_file import ReportRefused
from trueline.sources.collectors.scanner_reports.scorecard import ScoredCheck, scorecard_checks

COMMIT = "ab" * 20


def report(*checks: Any, **more: Any) -> dict[str, Any]:
    return {
        "date": "2026-02-01",
        "repo": {"name": "forge.test/shop", "commit": COMMIT},
        "scorecard": {"version": "v5.0.0"},
        "score": 6.1,
        "checks": list(checks),
        **more,
    }


def read(content: Any) -> list[ScoredCheck]:
    return list(scorecard_checks(io.BytesIO(json.dumps(content).encode())))


def test_a_check_has_its_score_reason_page_day_and_commit():
    page = {"url": "https://score.test/sast", "short": "says whether code is analysed"}

    (check,) = read(report({"name": "SAST", "score": 7, "reason": "most changes\nin full", "documentation": page}))

    assert (check.name, check.score, check.reason) == ("SAST", 7, "most changes")
    assert (check.url, check.tool_version, check.commit_id) == ("https://score.test/sast", "v5.0.0", COMMIT)
    assert check.ran_at is not None
    assert check.ran_at.isoformat() == "2026-02-01T00:00:00+00:00"


def test_what_could_not_be_told_stays_minus_one():
    assert read(report({"name": "SAST", "score": -1}))[0].score == -1


def test_a_commit_or_page_that_is_none_is_not_taken():
    page = {"url": "javascript:alert(1)"}
    (check,) = read(report({"name": "SAST", "score": 0, "documentation": page}, repo={"commit": "0" * 40}, date="x"))
    assert (check.commit_id, check.url, check.ran_at) == (None, None, None)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"Checks": []}, "has no list of checks"),
        (report({"score": 3}), "has check 1 without a name"),
        (report({"name": "SAST", "score": 3}, {"name": "Fuzzing", "score": 11}), "check 2 (Fuzzing) without a score"),
        (report({"name": "SAST", "score": "3"}), "without a score"),
        (report({"name": "SAST", "score": True}), "without a score"),
        (report(7), "without a name"),
    ],
)
def test_what_is_no_scorecard_is_refused(content, words):
    with pytest.raises(ReportRefused) as refused:
        read(content)
    assert words in refused.value.message
