"""What a duty's state rests on."""

from __future__ import annotations

from trueline.model.duty import Duty, Need
from trueline.model.rule import Check, CheckResult
from trueline.model.table import Status
from trueline.practices.loader import load_duties
from trueline.rules.roll_up import standings

SERVICES = Need("handbook", "Owners of services", 20, "trueline init", ("services", "specs"))
DUTY = Duty("D35", "ownership", "People", "Ownership", "Who owns it?", (SERVICES,))


def result(weight: str) -> CheckResult:
    check = Check(
        practice="people", name=weight, title=weight, why="", duties=("ownership",), sql="", path="", weight=weight,
        examines="", severity="low", fix="", exact=True,
    )  # fmt: skip
    return CheckResult(check, "holds", 3)


def there(*tables: str) -> dict[str, Status]:
    return {name: Status(name, "complete", rows=1) for name in tables}


def test_what_is_missing_is_told_until_it_is_there():
    (before,) = standings([DUTY], [result("required")], [], {})
    (after,) = standings([DUTY], [result("required")], [], there("specs"))
    assert (before.state, before.missing, before.reason) == (
        "unknown",
        (SERVICES,),
        "not examined: Owners of services",
    )
    assert (after.state, after.missing) == ("met", ())


def test_a_check_that_only_supports_decides_nothing():
    (standing,) = standings([DUTY], [result("supports")], [], there("services"))
    assert (standing.state, standing.reason, standing.required) == ("unknown", "no check decides it yet", 0)
    assert (standing.checks, standing.checks_held) == (1, 1)


def test_where_records_are_kept_no_deviation_is_an_answer():
    duty = next(duty for duty in load_duties() if duty.id == "escalation")
    missing = {
        name: [need.id for need in standings([duty], [], [], there(name))[0].missing]
        for name in ("commits", "record_files")
    }
    assert "exceptions" in missing["commits"]
    assert "exceptions" not in missing["record_files"]
