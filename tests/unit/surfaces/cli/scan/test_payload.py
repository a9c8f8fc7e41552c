"""The JSON object: exact values, closed keys, the same figures as the page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from report_fixture import CLEAN, EMPTY, RICH, hostile, huge

from trueline.surfaces.cli.plain_values import plain
from trueline.surfaces.cli.scan.payload import scan_payload


def test_the_keys_are_those_that_were_promised():
    payload = scan_payload(RICH)
    assert list(payload)[:6] == ["schema", "command", "ok", "as_of", "known_at", "repository"]
    assert (payload["schema"], payload["command"], payload["ok"]) == (1, "scan", True)
    assert (payload["as_of"], payload["known_at"]) == ("2026-11-20", "2026-11-20T07:15:00Z")
    assert payload["repository"] == "harbour-tolls"
    assert {"id", "sentence", "value", "n", "rule", "rows"} <= payload["things"][0].keys()
    assert {"id", "state", "checks_held", "checks", "reason"} <= payload["duties"][0].keys()
    finding = {"id", "rule", "subject", "message", "severity", "likely_owner", "owner", "due", "path", "line"}
    assert finding <= payload["findings"][0].keys()
    assert {"id", "title", "value", "n", "unit", "reason", "series"} <= payload["metrics"][0].keys()
    assert set(payload["metrics"][0]["series"][0]) == {"period", "subject", "value", "n", "coverage"}
    assert set(payload["checks"][0]) == {"id", "result", "reason", "examined", "violations"}


@pytest.mark.parametrize(
    "report", [RICH, EMPTY, CLEAN, hostile(), huge()], ids=["rich", "empty", "clean", "hostile", "huge"]
)
def test_every_report_can_be_written_as_json(report):
    payload = scan_payload(report)
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload
    assert len(payload["findings"]) == len(report.findings)
    assert len(payload["duties"]) == 42


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("0.10"), "0.10"),
        (Decimal("NaN"), None),
        (float("inf"), None),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05Z"),
        (True, True),
        (("a", Decimal(1)), ["a", "1"]),
        (b"\xff", "\\xff"),
    ],
)
def test_values_stay_exact(value, expected):
    assert plain(value) == expected


def test_no_data_is_null_and_never_zero():
    metric = scan_payload(EMPTY)["metrics"][0]
    assert (metric["value"], metric["reason"], metric["series"]) == (None, "no_evidence", [])


def test_a_finding_without_a_place_has_a_null_path():
    finding = scan_payload(replace(RICH, findings=(replace(RICH.findings[0], places=()),)))["findings"][0]
    assert (finding["path"], finding["line"], finding["places"]) == (None, None, [])
