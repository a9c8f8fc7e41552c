"""What is wrong in records is a finding of the file, and mending the file closes it."""

from __future__ import annotations

from collections.abc import Callable

from .conftest import Said, Workshop

SETTINGS = 'schema = 1\nname = "handbook"\n'
GOOD = "---\nkind: team\nid: yard\ntitle: Yard\n---\n"
WITHOUT_TITLE = "---\nkind: team\nid: yard\ntitle:\n---\n"
RULE = "conformance.record_with_problem"


def findings(said: Said) -> list[dict[str, object]]:
    return [finding for finding in said.answers().json["findings"] if finding["rule"] == RULE]


def test_mending_the_last_bad_record_closes_its_finding(
    new_repository: Callable[..., Workshop], trueline: Callable[..., Said]
):
    home = new_repository()
    home.commit(files={"trueline.toml": SETTINGS, "teams/yard.md": WITHOUT_TITLE})
    first = trueline("check", "--record", "--format", "json", "-C", home.path)
    home.commit(files={"teams/yard.md": GOOD})
    second = trueline("check", "--record", "--format", "json", "-C", home.path)

    assert [finding["subject"] for finding in findings(first)] == ["teams/yard.md"]
    assert findings(second) == []
    assert second.json["recorded"]["fixed"] >= 1
    (check,) = [check for check in second.json["checks"] if check["id"] == RULE]
    assert (check["result"], check["examined"]) == ("holds", 1)


def test_another_mistake_in_the_same_file_is_the_same_finding(
    new_repository: Callable[..., Workshop], trueline: Callable[..., Said]
):
    home = new_repository()
    home.commit(files={"trueline.toml": SETTINGS, "teams/yard.md": WITHOUT_TITLE})
    (before,) = findings(trueline("finding", "list", "--format", "json", "-C", home.path))
    home.commit(files={"teams/yard.md": "---\nkind: team\nid: yard\nlaed: x\nhadnle: y\n---\n"})
    (after,) = findings(trueline("finding", "list", "--format", "json", "-C", home.path))
    shown = trueline("finding", "show", str(after["id"]), "-C", home.path).answers().out

    assert (after["id"], after["violations"]) == (before["id"], 3)
    assert str(after["message"]).endswith(", and 2 more")
    assert 'teams/yard.md:4: "laed" is no field of team' in shown
    assert 'teams/yard.md:5: "hadnle" is no field of team' in shown


def test_findings_are_listed_by_owner_as_the_scan_writes_it(
    new_repository: Callable[..., Workshop], trueline: Callable[..., Said]
):
    home = new_repository()
    home.commit(files={"trueline.toml": SETTINGS, "teams/yard.md": WITHOUT_TITLE})
    counts = {
        len(
            trueline("finding", "list", "--owner", name, "--format", "json", "-C", home.path).answers().json["findings"]
        )
        for name in ("head of engineering", "head-of-engineering", "role:Head-of-Engineering")
    }
    nobody = trueline("finding", "list", "--owner", "hed", "-C", home.path).answers()

    assert len(counts) == 1
    assert counts.pop() > 0
    assert "no finding has the owner hed; owners are head-of-engineering" in nobody.err


def test_what_is_there_is_advised_by_neither_scan_nor_duties(
    new_repository: Callable[..., Workshop], trueline: Callable[..., Said]
):
    home = new_repository()
    service = "---\nkind: service\nid: berths\ntitle: Berths\n---\n"
    home.commit(files={"trueline.toml": SETTINGS, "services/berths.md": service})
    duty = trueline("duties", "ownership", "-C", home.path).answers().out
    scan = trueline("scan", "-C", home.path).answers().out

    assert "trueline init" not in duty + scan
    assert "trueline new deviation" not in scan
    assert "Read from git and 1 record." in scan


def test_the_text_of_a_check_fits_the_terminal(new_repository: Callable[..., Workshop], trueline: Callable[..., Said]):
    home = new_repository()
    home.commit(files={"trueline.toml": SETTINGS, "teams/yard.md": WITHOUT_TITLE})
    *lines, _ = trueline("check", "-C", home.path).answers().out.splitlines()
    assert max(map(len, lines)) <= 100


def test_what_lies_below_a_settings_file_of_its_own_is_another_handbook(
    new_repository: Callable[..., Workshop], trueline: Callable[..., Said]
):
    home = new_repository()
    example = {"example/trueline.toml": SETTINGS.replace("handbook", "example"), "example/teams/yard.md": WITHOUT_TITLE}
    home.commit(files={"trueline.toml": SETTINGS, "teams/yard.md": GOOD, **example})
    sql = "select path from record_files"

    ours = trueline("query", sql, "--format", "json", "-C", home.path).answers().json["rows"]
    theirs = trueline("query", sql, "--format", "json", "-C", home.path / "example").answers().json["rows"]

    assert ours == [{"path": "teams/yard.md"}]
    assert {"path": "example/teams/yard.md"} in theirs
