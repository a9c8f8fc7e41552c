"""Duties as text: one or two lines each, and nothing cut without a sign."""

from __future__ import annotations

from trueline.model.duty import Duty, DutyStanding, Need
from trueline.surfaces.cli.duty_text import duties_text, duty_text
from trueline.surfaces.cli.style import Style

DUTY = Duty("D14", "indicators", "Delivery", "Indicators", "How fast, and how well?")
STYLE = Style(80, False)


def standing(reason: str, **more: int) -> DutyStanding:
    return DutyStanding(DUTY, "unknown", reason, **more)  # type: ignore[arg-type]


def test_a_long_reason_ends_in_an_ellipsis_and_not_in_a_comma():
    reason = "not examined: " + "; ".join(f"evidence of sort {n}" for n in range(20))
    lines = duties_text([standing(reason)], STYLE).splitlines()
    assert lines[2].endswith(" …")
    assert lines[2][-3].isalnum()
    assert max(map(len, lines)) <= 80


def test_a_reason_that_fits_is_whole():
    assert "…" not in duties_text([standing("not examined: Deployments")], STYLE)


def test_a_duty_that_no_check_decides_counts_none():
    assert " 0 of 2 " not in duties_text([standing("no check decides it yet", checks=2)], STYLE)
    assert " 0 of 2 " in duties_text([standing("it is stale", checks=2, required=1)], STYLE)


def test_only_what_is_not_there_is_advised():
    has, lacks = Need("a", "Deployments", 5, "trueline collect"), Need("b", "Services", 20, "trueline init")
    duty = Duty("D35", "ownership", "People", "Ownership", "Who owns it?", (has, lacks))
    text = duty_text(DutyStanding(duty, "unknown", "not examined: Services", missing=(lacks,)), [], [], STYLE)
    assert "trueline init" in text
    assert "trueline collect" not in text
