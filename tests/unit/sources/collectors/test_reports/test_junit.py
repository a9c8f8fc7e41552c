from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from trueline.sources.collectors.test_reports.junit import Case, junit_cases
from trueline.sources.collectors.test_reports.refused import ReportRefused


def cases(text: str) -> list[Case]:
    return list(junit_cases(io.BytesIO(text.encode())))


def test_each_test_has_its_status_its_place_and_its_time():
    found = cases(
        '<testsuites><testsuite name="pytest" timestamp="2026-03-02T10:00:00+01:00">'
        '<testcase classname="tests.test_cart" name="test_a" file="tests/test_cart.py" line="4" time="0.25"/>'
        '<testcase classname="tests.test_cart" name="test_b"><failure message="3 != 4">trace</failure></testcase>'
        '<testcase classname="tests.test_cart" name="test_c"><skipped/></testcase>'
        '<testcase classname="tests.test_cart" name="test_d"><error>\n  boom\nmore</error></testcase>'
        "</testsuite></testsuites>"
    )

    assert [case.status for case in found] == ["passed", "failed", "skipped", "error"]
    assert found[0].test == "tests.test_cart.test_a"
    assert (found[0].path, found[0].line, found[0].seconds) == ("tests/test_cart.py", 4, 0.25)
    assert found[0].ran_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert [case.message for case in found] == [None, "3 != 4", None, "boom"]


def test_requirements_come_from_properties_once_each():
    (case,) = cases(
        '<testsuite><testcase name="a"><properties><property name="Requirement" value="REQ-1, REQ-2"/>'
        '<property name="req" value="REQ-1"/><property name="colour" value="REQ-9"/></properties></testcase></testsuite>'
    )

    assert case.requirement_ids == ["REQ-1", "REQ-2"]


def test_suites_in_suites_give_a_test_the_innermost():
    (case,) = cases(
        '<testsuites><testsuite name="a"><testsuite name="b"><testcase name="t"/></testsuite></testsuite></testsuites>'
    )

    assert case.suite == "b"


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("<coverage/>", "begins with <coverage>", 1),
        ("", "not well-formed", 1),
        ("<testsuite>\n<testcase/></testsuite>", "without a name", 2),
        ('<testsuite>\n<testcase name="a">', "not well-formed", 2),
        ('<!DOCTYPE x [<!ENTITY a "b">]>\n<testsuite/>', "declares an entity", 1),
        ("<testsuite>" + "<a>" * 300, "nests deeper", 1),
    ],
)
def test_what_is_no_report_is_refused_with_its_place(text: str, said: str, line: int):
    with pytest.raises(ReportRefused) as caught:
        cases(text)

    assert said in caught.value.message
    assert caught.value.line == line


def test_a_document_type_without_a_subset_is_harmless():
    assert cases('<!DOCTYPE testsuite SYSTEM "no.dtd"><testsuite><testcase name="a"/></testsuite>')[0].name == "a"
