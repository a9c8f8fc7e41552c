"""What the stored past of a repository lets rules of the gate do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from trueline.app.gate_replay import Past, past_of, permission, why_not_yet
from trueline.app.gate_rules import EXACT, GATE_CHANGED, UNVERIFIED, GateModes
from trueline.app.gate_verdict import Facts, decide
from trueline.app.governing import Weighed
from trueline.model.enforcement import Compared, EnforcementChange
from trueline.settings.settings import GateSetting

DELETED = "gate.test_deleted"
GONE = EnforcementChange("test_deleted", True, "tests/a.py", "test_a", "assert x", None)
USUAL = GateSetting()


def past(judged: int, **stopped: int) -> Past:
    return Past(judged, {f"gate.{kind}": count for kind, count in stopped.items()})


@pytest.mark.parametrize(("judged", "stopped", "may"), [(100, 2, True), (100, 3, False), (30, 0, True), (30, 1, False)])
def test_a_rule_may_stop_two_of_a_hundred_landed_changes_and_no_more(judged, stopped, may):
    why = why_not_yet(DELETED, past(judged, test_deleted=stopped), USUAL)

    assert (why is None) == may
    assert may or f"would have stopped {stopped} of the {judged} landed changes" in (why or "")


def test_what_another_rule_would_have_stopped_is_not_held_against_this_one():
    assert why_not_yet(DELETED, past(100, test_skipped=50), USUAL) is None


def test_too_few_judged_changes_are_unknown_and_say_what_judges_more():
    why = why_not_yet(DELETED, past(29), USUAL)

    assert why is not None
    assert "29 landed changes" in why
    assert "30 are needed" in why
    assert "trueline scan" in why


def test_the_settings_may_say_that_a_rule_blocks_without_a_replay():
    explicit = replace(USUAL, without_replay="block")

    assert why_not_yet(DELETED, past(0), explicit) is None
    assert why_not_yet(UNVERIFIED, past(500), explicit) is None
    assert why_not_yet(DELETED, past(100, test_deleted=3), explicit) is not None


def test_a_rule_that_no_replay_speaks_of_does_not_block_by_itself():
    assert "no replay tells" in (why_not_yet(UNVERIFIED, past(500), USUAL) or "")


def test_the_bounds_are_settings():
    strict = GateSetting(stopped_share=0, judged_changes=5)

    assert why_not_yet(DELETED, past(5), strict) is None
    assert "more than 0 in 100" in (why_not_yet(DELETED, past(5, test_deleted=1), strict) or "")


def test_a_rule_that_compares_facts_needs_no_past_and_a_rule_that_is_not_measured_has_none_asked_for():
    def never() -> Past:
        raise AssertionError("the past is read only where it decides")

    why_not = permission(USUAL, never)

    assert [why_not(rule) for rule in sorted(EXACT)] == [None, None]
    assert why_not("gate.golden_changed") == "its precision is not measured yet"


def verdict(judged: Mapping[str, int] | None, count: int) -> tuple[str, str | None]:
    facts = Facts(Compared((GONE,)), (Weighed(GONE, "no_requirement"),), (), (), (), (), 1)
    found = Past(count, judged or {})
    verdict, _, blocking = decide(
        facts, GateModes({DELETED: "block"}), {}, lambda rule: why_not_yet(rule, found, USUAL)
    )
    return verdict, blocking[0].why_not


def test_a_change_is_stopped_only_where_the_past_allows_it():
    assert verdict({}, 100) == ("block", None)
    assert verdict({DELETED: 9}, 100)[0] == "report"
    assert verdict({}, 0)[0] == "report"


def test_a_directory_has_no_past(tmp_path):
    from datetime import UTC, datetime

    assert past_of(None, None, tmp_path, datetime(2026, 3, 1, tzinfo=UTC)) == Past()
    assert GATE_CHANGED in EXACT
