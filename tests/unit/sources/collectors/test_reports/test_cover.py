from __future__ import annotations

import io

import pytest

from trueline.sources.collectors.test_reports.cover import cobertura_files, coverage_json_files, lcov_files
from trueline.sources.collectors.test_reports.refused import ReportRefused


def test_cobertura_joins_the_classes_of_a_file_and_leaves_methods_out():
    text = (
        '<coverage timestamp="1700000000000"><packages><package><classes>'
        '<class filename="src\\cart.py"><methods><method><lines><line number="9" hits="1"/></lines></method></methods>'
        '<lines><line number="1" hits="2"/><line number="2" hits="0" branch="true" condition-coverage="50% (1/2)"/></lines>'
        '</class><class filename="src/cart.py"><lines><line number="2" hits="1"/></lines></class>'
        "</classes></package></packages></coverage>"
    )

    (file,) = cobertura_files(io.BytesIO(text.encode()))

    assert file.path == "src/cart.py"
    assert (file.lines(True), file.lines(False)) == ([1, 2], [])
    assert (file.covered_branches, file.branches) == (1, 2)
    assert file.measured_at is not None
    assert file.measured_at.year == 2023


def test_lcov_reads_lines_and_branches_of_each_file():
    text = "TN:\nSF:src/a.js\nDA:1,3\nDA:2,0\nBRDA:1,0,0,1\nBRDA:1,0,1,-\nend_of_record\nSF:src/b.js\nDA:7,1\nend_of_record\n"

    first, second = lcov_files(io.BytesIO(text.encode()))

    assert (first.lines(True), first.lines(False)) == ([1], [2])
    assert (first.covered_branches, first.branches) == (1, 2)
    assert second.lines(True) == [7]


def test_coverage_json_gives_lines_of_each_file():
    text = '{"meta": {"timestamp": "2026-03-02T10:00:00"}, "files": {"a.py": {"executed_lines": [1, 2], "missing_lines": [3]}}}'

    (file,) = coverage_json_files(io.BytesIO(text.encode()))

    assert (file.lines(True), file.lines(False)) == ([1, 2], [3])


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (cobertura_files, "<testsuite/>", 1),
        (cobertura_files, '<coverage><class filename="a">\n<line hits="1"/></class></coverage>', 2),
        (lcov_files, "TN:x\nDA:1,1\n", 2),
        (lcov_files, "", 0),
        (coverage_json_files, '{"files": 3}', 1),
        (coverage_json_files, '{"files":\n {', 2),
    ],
)
def test_what_is_no_coverage_is_refused_with_its_line(read, text: str, line: int):
    with pytest.raises(ReportRefused) as caught:
        list(read(io.BytesIO(text.encode())))

    assert caught.value.line == line
