from __future__ import annotations

from dataclasses import replace

import pytest

from trueline.app.gate_growth import GateChange
from trueline.app.gate_rules import GATE_CHANGED, TITLES, GateModes, why_not_blocking
from trueline.app.gate_verdict import NOTHING, Facts, decide, verdict_of
from trueline.app.governing import Weighed
from trueline.model.enforcement import CHANGE_KINDS, Compared, EnforcementChange

OUTSIDE = EnforcementChange("parameter_out_of_range", True, "app.yaml", "limit", "limit = 3", "limit = 99")
REMOVED = EnforcementChange("assertion_removed", True, "tests/a.py", "test_a", "assert x", None)
EMPTY = Facts(Compared(), (), (), (), (), (), 1)


def facts(*changes: EnforcementChange, unreadable: tuple[str, ...] = ()) -> Facts:
    weighed = tuple(Weighed(change, "no_requirement") for change in changes)
    return replace(EMPTY, compared=Compared(changes, (), unreadable), weighed=weighed)


def test_nothing_weaker_passes():
    assert decide(EMPTY, GateModes({}), {}) == ("pass", None, ())


def test_no_changed_file_is_unknown():
    assert decide(replace(EMPTY, files=0), GateModes({}), {})[:2] == ("unknown", NOTHING)


def test_advice_is_the_default():
    assert decide(facts(OUTSIDE), GateModes({}), {})[0] == "report"


def test_a_rule_that_compares_facts_blocks_where_it_is_set_to():
    verdict, _, blocking = decide(facts(OUTSIDE), GateModes({"gate.parameter_out_of_range": "block"}), {})

    assert verdict == "block"
    assert blocking[0].why_not is None


def test_what_is_only_likely_never_blocks():
    likely = replace(OUTSIDE, confidence="likely")

    verdict, _, blocking = decide(facts(likely), GateModes({"gate.parameter_out_of_range": "block"}), {})

    assert verdict == "report"
    assert blocking[0].why_not == "it is likely, not certain"


def test_what_cannot_be_read_is_unknown_unless_something_else_blocks():
    unreadable = ("tests/a.py: it does not parse",)

    assert decide(facts(unreadable=unreadable), GateModes({}), {})[:2] == ("unknown", unreadable[0])
    blocked = decide(facts(OUTSIDE, unreadable=unreadable), GateModes({"gate.parameter_out_of_range": "block"}), {})
    assert blocked[:2] == ("block", unreadable[0])


def test_an_explained_expectation_neither_reports_nor_blocks():
    change = replace(REMOVED, kind="expected_changed", new="assert y")
    explained = replace(EMPTY, weighed=(Weighed(change, "spec_changed_before"),), compared=Compared((change,)))

    assert decide(explained, GateModes({"gate.expected_changed": "block"}), {})[0] == "pass"


def test_a_changed_specification_does_not_explain_a_test_that_is_gone():
    deleted = replace(REMOVED, kind="test_deleted")
    facts_of = replace(EMPTY, weighed=(Weighed(deleted, "spec_changed_before"),), compared=Compared((deleted,)))

    assert decide(facts_of, GateModes({}), {})[0] == "report"


def test_a_change_of_the_gate_is_reported_unless_it_is_switched_off():
    changed = replace(EMPTY, gate_changes=(GateChange("trueline.toml", "rule x", "goes from block to off"),))

    assert decide(changed, GateModes({}), {})[0] == "report"
    assert decide(changed, GateModes({GATE_CHANGED: "off"}), {})[0] == "pass"
    assert decide(changed, GateModes({GATE_CHANGED: "block"}), {})[0] == "block"


@pytest.mark.parametrize(
    ("modes", "expected"),
    [({}, "block"), ({"gate.assertion_removed": "advise"}, "report"), ({"gate.assertion_removed": "off"}, "pass")],
)
def test_a_replay_blocks_where_nobody_set_otherwise(modes, expected):
    assert verdict_of([REMOVED], (), GateModes(modes)) == expected


def test_a_replay_reports_what_is_likely_and_does_not_know_what_it_cannot_read():
    assert verdict_of([replace(REMOVED, confidence="likely")], (), GateModes({})) == "report"
    assert verdict_of([], ("a: b",), GateModes({})) == "unknown"


def test_every_kind_of_change_is_a_rule_with_a_title_and_a_reason_why_it_may_not_block_yet():
    for kind in CHANGE_KINDS:
        assert TITLES[f"gate.{kind}"]
        assert why_not_blocking(f"gate.{kind}") != ""
