"""The rows of files that hold tests."""

from __future__ import annotations

from typing import Any

import pytest

from trueline.model.test_unit_tables import PARSED_TEST_TABLES
from trueline.sources.test_units.frameworks import framework_of
from trueline.sources.test_units.parser import SHOWN, TEST_UNITS, reader_of, rows_of

PYTHON = b'''import pytest
from shop import total


@pytest.mark.parametrize("given, wanted", [([1], 1), ([1, 2], 3)])
def test_total(given, wanted):
    """CART-7"""
    assert total(given) == wanted


@pytest.mark.skip(reason="slow")
def test_slow():
    assert total([1.0]) == pytest.approx(1.0, rel=0.1)


@pytest.mark.skipif(WINDOWS, reason="no fork")
def test_fork():
    with pytest.raises(ValueError):
        total(None)


@pytest.mark.xfail
def test_later():
    pass
'''


def rows(path: str, content: bytes, table: str) -> list[dict[str, Any]]:
    names = {one.name: one.column_names[1:] for one in PARSED_TEST_TABLES}
    return [dict(zip(names[table], row, strict=True)) for row in rows_of(path, content)[table]]


def test_a_test_says_its_cases_assertions_conditions_and_requirements():
    units = {row["name"]: row for row in rows("tests/test_a.py", PYTHON, "test_units")}

    total = units["test_total"]
    assert (total["cases"], total["parameters"], total["assertions"]) == (2, ["given", "wanted"], 1)
    assert (total["framework"], total["language"], total["line"]) == ("pytest", "python", 6)
    assert total["requirement_ids"] == ["CART-7"]
    assert [name for name, row in units.items() if row["is_skipped"]] == ["test_slow"]
    assert [name for name, row in units.items() if row["is_conditional"]] == ["test_fork"]
    assert [name for name, row in units.items() if row["is_expected_to_fail"]] == ["test_later"]
    assert [name for name, row in units.items() if row["assertions"] == 0] == ["test_later"]


def test_an_assertion_says_its_form_its_expectation_and_its_effective_tolerance():
    found = {row["form"]: row for row in rows("tests/test_a.py", PYTHON, "test_assertions")}

    assert found["raises"]["expected"] == "ValueError"
    assert found["approximate"]["relative_tolerance"] == 0.1
    assert found["approximate"]["absolute_tolerance"] == 1e-12
    assert found["equality"]["relative_tolerance"] is None


def test_every_row_has_every_column():
    given = rows_of("tests/test_a.py", PYTHON)

    assert set(given) == {table.name for table in TEST_UNITS.tables}
    for table in TEST_UNITS.tables:
        assert given[table.name]
        assert {len(row) for row in given[table.name]} == {len(table.columns) - 1}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("tests/test_a.py", b"def test_a(:\n  assert\n"),
        ("tests/test_a.py", b"def test_a():\n    print 'two'\n    assert 1 <> 2\n"),
        ("tests/test_a.py", b"\x00\xff\xfe" * 50),
        ("a_test.go", b"package a\nfunc TestA(t *testing.T) {"),
        ("src/test/java/ATest.java", b"class ATest { @Test void a( }"),
        ("a.test.ts", b"it('a', () => { expect("),
        ("a.spec.js", b""),
    ],
)
def test_a_file_that_cannot_be_read_whole_still_has_its_row(path, content):
    (file,) = rows(path, content, "test_files")

    assert file["language"] in ("python", "go", "java", "typescript", "javascript")
    assert file["units"] == len(rows(path, content, "test_units"))


def test_a_file_that_is_too_large_says_so():
    (file,) = rows("tests/test_a.py", b"x = 1\n" * 400_000, "test_files")

    assert file["units"] == 0
    assert "2,000,000 bytes" in file["problem"]


def test_a_long_expectation_is_cut():
    content = b"def test_a():\n    assert total() == '" + b"x" * 5_000 + b"'\n"

    (one,) = rows("tests/test_a.py", content, "test_assertions")

    assert len(one["expected"]) == SHOWN


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("tests/helpers.py", "python"),
        ("src/app/test_cart.py", "python"),
        ("shop/cart_test.py", "python"),
        ("conftest.py", "python"),
        ("shop/contest.py", None),
        ("shop/latest.py", None),
        ("shop/cart_test.go", "go"),
        ("shop/cart.go", None),
        ("app/src/test/java/shop/Helper.java", "java"),
        ("shop/CartTest.java", "java"),
        ("shop/Cart.java", None),
        ("web/cart.spec.tsx", "javascript"),
        ("web/__tests__/cart.js", "javascript"),
        ("web/cart.ts", None),
        ("web/node_modules/x/test/a.js", None),
        ("web/test/types.d.ts", None),
    ],
)
def test_files_are_chosen_by_name_and_folder(path, module):
    found = reader_of(path)

    assert (found[0] if found else None) == module


def test_the_same_content_at_another_path_has_a_key_of_its_own():
    keys = {TEST_UNITS.key(path, "b1") for path in (b"tests/test_a.py", b"tests/helper.py", b"src/a.py")}

    assert len(keys) == 3
    assert None in keys


@pytest.mark.parametrize(
    ("language", "content", "framework"),
    [
        ("python", b"import unittest\n", "unittest"),
        ("python", b"def test_a():\n    assert 1\n", "pytest"),
        ("python", b"x = 1\n", None),
        ("typescript", b"import { it } from 'vitest'\n", "vitest"),
        ("javascript", b"jest.fn()\n", "jest"),
        ("java", b"import org.junit.jupiter.api.Test;", "junit5"),
        ("java", b"import org.junit.Test;", "junit4"),
        ("go", b'import "testing"\n', "testing"),
        ("", b"", None),
    ],
)
def test_a_framework_is_told_by_the_text_or_not_at_all(language, content, framework):
    assert framework_of(language, content) == framework


def test_functions_that_assert_are_known_by_name_also_through_others():
    content = b"""
class Said:
    def refuses(self):
        assert self.status == 2

    def answers(self):
        return self.refuses()

    def plain(self):
        return 1
"""

    (file,) = rows("tests/conftest.py", content, "test_files")

    assert file["asserting"] == ["answers", "refuses"]
