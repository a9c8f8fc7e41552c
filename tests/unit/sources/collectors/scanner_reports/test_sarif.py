from __future__ import annotations

import codecs
import io
import json
from typing import Any

import pytest

from trueline.sources.collectors.scanner_reports.json_file import ReportRefused
from trueline.sources.collectors.scanner_reports.sarif import Run, sarif_runs

KNOWN = frozenset({"src/cart.py", "docs/readme.md", "readme.md"})


def result(rule: str = "E1", uri: str = "src/cart.py", line: int = 3, text: str = "is too long", **more: Any) -> Any:
    region = {"startLine": line, "startColumn": 1}
    place = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
    return {"ruleId": rule, "message": {"text": text}, "locations": [place], **more}


def log(*results: Any, tool: str = "pylinter", rules: Any = (), **more: Any) -> dict[str, Any]:
    driver = {"name": tool, "rules": list(rules)}
    return {"version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": list(results), **more}]}


def read(content: Any, checkout: str = "") -> list[Run]:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return list(sarif_runs(io.BytesIO(raw), KNOWN, checkout))


def one(content: Any) -> Run:
    (run,) = read(content)
    return run


def refusal(content: Any) -> ReportRefused:
    with pytest.raises(ReportRefused) as refused:
        read(content)
    return refused.value


def test_a_result_has_rule_level_place_and_words():
    rules = [{"id": "E1", "helpUri": "https://lint.test/e1", "defaultConfiguration": {"level": "error"}}]

    run = one(log(result(), rules=rules))

    (found,) = run.results
    assert (found.rule, found.level, found.path, found.line) == ("E1", "error", "src/cart.py", 3)
    assert (found.message, found.help_uri) == ("is too long", "https://lint.test/e1")
    assert (found.is_suppressed, found.baseline_state) == (False, None)


def test_the_level_is_that_of_the_result_then_of_the_rule_and_else_warning():
    rules = [{"id": "E1", "defaultConfiguration": {"level": "note"}}]
    run = one(log(result(level="error"), result(line=4), result("E2"), result("E3", level="dire"), rules=rules))
    assert [found.level for found in run.results] == ["error", "note", "warning", "warning"]


def test_a_rule_is_found_by_index_in_an_extension_and_by_the_start_of_a_longer_id():
    extension = {"name": "pack", "rules": [{"id": "py/sql", "helpUri": "https://q.test/sql"}]}
    content = log({"rule": {"index": 0, "toolComponent": {"index": 0}}, "message": {"text": "a"}}, result("py/sql/2"))
    content["runs"][0]["tool"]["extensions"] = [extension]

    first, second = one(content).results

    assert (first.rule, first.help_uri) == ("py/sql", "https://q.test/sql")
    assert (second.rule, second.help_uri) == ("py/sql/2", "https://q.test/sql")


def test_words_come_from_the_rule_with_arguments_and_links_are_their_words():
    rules = [{"id": "E1", "messageStrings": {"long": {"text": "{0} has [many lines](1): {1}"}}}]
    content = log({**result(), "message": {"id": "long", "arguments": ["cart", "90"]}}, rules=rules)
    assert one(content).results[0].message == "cart has many lines: 90"


def test_of_a_huge_message_the_first_line_is_kept_up_to_300_characters():
    run = one(log(result(text="\n  " + "x" * 1_000_000 + "\nmore")))
    assert run.results[0].message == "x" * 300


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("src/cart.py", "src/cart.py"),
        ("./src/../src/cart.py", "src/cart.py"),
        ("src\\cart.py", "src/cart.py"),
        ("docs/read%6De.md", "docs/readme.md"),
        ("new/file.py", "new/file.py"),
        ("../../etc/passwd", None),
        ("src/%2e%2e/%2e%2e/etc/passwd", None),
        ("/etc/passwd", None),
        ("file:///etc/passwd", None),
        ("https://lint.test/cart.py", None),
        ("..", None),
        ("", None),
    ],
)
def test_a_place_is_a_path_of_the_repository_or_none(uri, path):
    assert one(log(result(uri=uri))).results[0].path == path


def test_the_root_of_a_machine_is_where_most_files_are_of_the_commit():
    places = ["src/cart.py", "docs/readme.md", "build/made.py"]
    elsewhere = "file:///usr/lib/readme.md"

    run = one(log(*(result(uri=f"file:///home/runner/work/shop/{path}") for path in places), result(uri=elsewhere)))

    assert [found.path for found in run.results] == [*places, None]
    assert run.outside == 1


def test_a_drive_is_a_root_too():
    assert one(log(result(uri="file:///D:/a/shop/src/cart.py"))).results[0].path == "src/cart.py"


def test_bases_are_joined_and_one_in_a_circle_is_none():
    bases = {"SRC": {"uri": "src/", "uriBaseId": "%SRCROOT%"}, "A": {"uri": "a/", "uriBaseId": "A"}}
    inside = result(uri="cart.py")
    inside["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] = "SRC"
    circle = result(uri="b.py")
    circle["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] = "A"

    run = one(log(inside, circle, originalUriBaseIds=bases))

    assert run.results[0].path == "src/cart.py"
    assert str(run.results[1].path).endswith("b.py")


def test_an_absolute_base_is_a_root_for_files_that_the_commit_does_not_have():
    made = result(uri="made.py")
    made["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] = "SRCROOT"
    run = one(log(made, originalUriBaseIds={"SRCROOT": {"uri": "file:///builds/shop/"}}))
    assert run.results[0].path == "made.py"


def test_a_place_may_be_named_by_its_artifact():
    content = log({**result(), "locations": [{"physicalLocation": {"artifactLocation": {"index": 0}}}]})
    content["runs"][0]["artifacts"] = [{"location": {"uri": "src/cart.py"}}]
    assert one(content).results[0].path == "src/cart.py"


def test_a_fingerprint_does_not_move_with_the_line_and_tells_files_and_rules_apart():
    before, moved, other_file, other_rule = one(
        log(result(line=3), result(line=90), result(uri="readme.md"), result("E2"))
    ).results
    later = one(log(result(line=44, text="is too long"))).results[0]
    assert later.fingerprint == before.fingerprint
    assert len({before.fingerprint, moved.fingerprint, other_file.fingerprint, other_rule.fingerprint}) == 4


def test_a_number_in_the_words_does_not_change_a_fingerprint():
    assert (
        one(log(result(text="has 51 lines"))).results[0].fingerprint
        == one(log(result(text="has 52 lines"))).results[0].fingerprint
    )


def test_the_fingerprint_of_a_tool_counts_unless_it_is_a_sentence():
    told = {"primaryLocationLineHash": "39fa2ee980eb94b0:1"}
    first = one(log(result(text="a", partialFingerprints=told))).results[0].fingerprint
    assert one(log(result(text="b", partialFingerprints=told))).results[0].fingerprint == first

    sentence = {"matchBasedId/v1": "requires login"}
    left, right = one(log(result(text="a", fingerprints=sentence), result(text="b", fingerprints=sentence))).results
    assert left.fingerprint.partition(":")[0] != right.fingerprint.partition(":")[0]


def test_the_same_result_twice_counts_once():
    run = one(
        log(result(text="51 long"), result(text="51 long"), result(text="52 long"), result(line=4, text="51 long"))
    )
    assert (len(run.results), run.repeated) == (3, 1)


def test_what_says_that_nothing_is_wrong_is_left_out_and_counted():
    run = one(log(result(kind="pass"), result(kind="notApplicable"), result(kind="review")))
    assert (len(run.results), run.left_out) == (1, 2)


@pytest.mark.parametrize(
    ("suppressions", "is_suppressed"),
    [
        ([], False),
        ([{"kind": "inSource"}], True),
        ([{"kind": "external", "status": "accepted"}], True),
        ([{"kind": "inSource"}, {"kind": "external", "status": "rejected"}], False),
        ([{"kind": "external", "status": "underReview"}], False),
    ],
)
def test_a_result_is_suppressed_when_every_suppression_stands(suppressions, is_suppressed):
    assert one(log(result(suppressions=suppressions))).results[0].is_suppressed is is_suppressed


@pytest.mark.parametrize(
    ("tool", "rule"),
    [
        ("gitleaks", {"id": "aws-access-token"}),
        ("Bandit", {"id": "B105", "name": "hardcoded_password_string"}),
        ("CodeQL", {"id": "py/x", "properties": {"tags": ["security", "external/cwe/cwe-798"]}}),
        ("CodeQL", {"id": "py/clear-text", "properties": {"tags": ["credentials"]}}),
        ("any", {"id": "x1", "shortDescription": {"text": "Private key in source"}}),
    ],
)
def test_of_a_rule_about_secrets_no_words_are_kept_nor_digested(tool, rule):
    told = {"secret": "hunter2"}
    first, other = (
        one(log(result(rule["id"], text=text, partialFingerprints=told), tool=tool, rules=[rule])).results[0]
        for text in ("found hunter2", "found swordfish")
    )
    plain = one(log(result(rule["id"], text="found hunter2"), tool=tool, rules=[rule])).results[0]

    assert first.message is None
    assert first.fingerprint == other.fingerprint == plain.fingerprint


def test_a_rule_without_such_a_name_keeps_its_words():
    assert one(log(result("no-unused-vars"), rules=[{"id": "no-unused-vars"}])).results[0].message == "is too long"


def test_a_tag_of_the_result_counts_too():
    assert one(log(result(properties={"tags": ["secret"]}))).results[0].message is None


def test_rules_that_nothing_breaks_show_that_all_are_listed():
    assert one(log(result("E1"), rules=[{"id": "E1"}, {"id": "E2"}])).lists_all_rules
    few = one(log(result("E1"), rules=[{"id": "E1"}]))
    assert not few.lists_all_rules
    assert few.rules == {"E1"}


def test_an_empty_list_is_none_and_no_list_is_no_look():
    assert one(log()).is_successful
    assert not one(log() | {"runs": [{"tool": {"driver": {"name": "pylinter"}}}]}).is_successful
    assert not one(log(invocations=[{"executionSuccessful": True}, {"executionSuccessful": False}])).is_successful


def test_a_run_is_dated_by_its_last_end_and_told_apart_by_its_category():
    ends = [{"endTimeUtc": "2026-02-01T10:00:00Z"}, {"startTimeUtc": "2026-02-01T11:00:00.5Z"}, {"endTimeUtc": "soon"}]
    run = one(log(invocations=ends, automationDetails={"id": "scan/java/2026-02-01"}))
    assert run.ran_at is not None
    assert run.ran_at.isoformat() == "2026-02-01T11:00:00.500000+00:00"
    assert run.category == "scan/java"
    assert one(log()).ran_at is None


@pytest.mark.parametrize(
    "encoded",
    [
        json.dumps(log(result())).encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + json.dumps(log(result())).encode("utf-16-le"),
        codecs.BOM_UTF16_BE + json.dumps(log(result())).encode("utf-16-be"),
        json.dumps(log(result())).encode("utf-16-le"),
    ],
)
def test_every_unicode_form_is_read(encoded):
    assert len(one(encoded).results) == 1


@pytest.mark.parametrize(
    ("content", "words", "place"),
    [
        (b"", "is empty", (0, 0)),
        (b'{"version": "2.1.0",\n "runs": [}', "is not JSON", (2, 11)),
        (b"<sarif/>", "is not JSON", (1, 1)),
        (b"\xff\xfe\xd8", "is no text", (0, 0)),
        (b"[" * 200_000, "is JSON that no tool writes", (0, 0)),
        (b'{"a": ' + b"9" * 10_000 + b"}", "is JSON that no tool writes", (0, 0)),
        (b"[]", "is no JSON object", (1, 1)),
        (b'{\n  "version": "2.0.0", "runs": []}', "has version 2.0.0, not 2.1.0", (2, 3)),
        (b'{"runs": []}', "says no version", (1, 1)),
        (b'{"version": "2.1.0",\n"runs": {}}', "has no list of runs", (2, 1)),
        (b'{"version": "2.1.0", "runs": [3]}', "a tool without a name", (1, 22)),
        (log(result()) | {"runs": [log()["runs"][0] | {"results": {}}]}, "whose results are no list", None),
        (log(result(), "b"), "whose result 2 is no object", None),
        (log(externalPropertyFileReferences={"results": [{"location": {"uri": "x"}}]}), "in other files", None),
    ],
)
def test_what_is_no_sarif_is_refused_with_its_place(content, words, place):
    refused = refusal(content)
    assert words in refused.message
    if place is not None:
        assert (refused.line, refused.col) == place


@pytest.mark.parametrize("junk", [None, 3, "x", [], [3], {"a": 1}, {"index": -1}, {"index": 10**30}, True])
def test_members_of_the_wrong_kind_are_taken_as_missing(junk):
    raw = {
        name: junk
        for name in (
            "ruleId", "rule", "ruleIndex", "message", "level", "suppressions", "baselineState",
            "fingerprints", "partialFingerprints", "properties", "kind",
        )
        if not (name == "kind" and isinstance(junk, list | dict))
    }  # fmt: skip
    places = [junk, {"physicalLocation": junk}, {"physicalLocation": {"artifactLocation": junk, "region": junk}}]
    results = [{**raw, "locations": [place]} for place in places] + [{**raw, "locations": junk}]
    members = dict.fromkeys(("invocations", "automationDetails", "artifacts", "originalUriBaseIds"), junk)
    content = log(*results, rules=[junk, {"id": junk}], **members)

    run = one(content)

    assert {(found.path, found.line, found.message) for found in run.results} <= {(None, None, None)}


def test_a_hundred_thousand_results_are_read():
    run = one(log(*(result(line=number, text=f"call {number}") for number in range(1, 100_001))))
    assert len({found.fingerprint for found in run.results}) == 100_000


def test_controls_and_lone_surrogates_in_texts_do_no_harm():
    found = one(log(result("E\x00\x1b[31m", uri="src/\ud800\x07.py", text="a\x1b]0;b\ud800"))).results[0]
    assert "\x1b" not in found.rule + str(found.message)
    assert "\x07" not in str(found.path)
