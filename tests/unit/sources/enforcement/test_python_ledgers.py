from __future__ import annotations

import textwrap

import pytest

from trueline.model.enforcement import Assertion, Ledger, TestUnit, Tolerance
from trueline.sources.enforcement import python


def ledger(source: str, path: str = "tests/test_shop.py") -> Ledger:
    return python.read(path, textwrap.dedent(source).encode())


def unit(source: str, path: str = "tests/test_shop.py") -> TestUnit:
    return ledger(source, path).units[0]


def assertion(statement: str) -> Assertion:
    indented = textwrap.indent(textwrap.dedent(statement), "        ")
    return unit(f"class TestShop:\n    def test_it(self):\n{indented}").assertions[0]


@pytest.mark.parametrize(
    ("statement", "form", "subject", "expected"),
    [
        ("assert f(1) == 2", "equality", "f(1)", "2"),
        ("assert 2 == f(1)", "equality", "f(1)", "2"),
        ("assert f(1) == 'a'", "equality", "f(1)", '"a"'),
        ("assert (f(1)) == (2)", "equality", "f(1)", "2"),
        ("self.assertEqual(2, f(1))", "equality", "f(1)", "2"),
        ("self.assertTrue(f(1) == 2)", "equality", "f(1)", "2"),
        ("eq_(f(1), 2)", "equality", "f(1)", "2"),
        ("assert f(1) != 2", "inequality", "f(1)", "2"),
        ("assert not f(1) == 2", "inequality", "f(1)", "2"),
        ("assert f(1) is None", "identity", "f(1)", "None"),
        ("self.assertIsNone(f(1))", "identity", "f(1)", "None"),
        ("assert f(1) is not None", "truth", "f(1)", None),
        ("self.assertIsNotNone(f(1))", "truth", "f(1)", None),
        ("assert len(f(1)) > 0", "truth", "f(1)", None),
        ("assert f(1)", "truth", "f(1)", None),
        ("assert 'a' in f(1)", "membership", "f(1)", '"a"'),
        ("assert f(1) in (1, 2)", "membership", "f(1)", "(1,2)"),
        ("assert f(1) == 2 or f(1) == 3", "membership", "f(1)", "f(1)==2 or f(1)==3"),
        ("assert f(1) > 2", "order", "f(1)", ">2"),
        ("assert 2 < f(1)", "order", "f(1)", ">2"),
        ("assert isinstance(f(1), int)", "type", "f(1)", "int"),
        ("assert type(f(1)) == int", "type", "f(1)", "int"),
        ("assert re.match('a+', f(1))", "match", "f(1)", '"a+"'),
        ("assert f(1).startswith('a')", "match", "f(1)", '"a"'),
        ("self.assertRegex(f(1), 'a+')", "match", "f(1)", '"a+"'),
        ("with pytest.raises(E):\n    f(1)", "raises", "f(1)", "E"),
        ("self.assertRaises(E, f, 1)", "raises", "f(1)", "E"),
        ("self.assertRaises(E, lambda: f(1))", "raises", "f(1)", "E"),
        ("with pytest.deprecated_call():\n    f(1)", "warns", "f(1)", "DeprecationWarning"),
        ("m.assert_called_once_with(1)", "called", "m", "called_once_with(1)"),
        ("assert f(1) == snapshot", "snapshot", "f(1)", "snapshot"),
        ("assert f(1) == pytest.approx(2)", "approximate", "f(1)", "2"),
        ("assert np.allclose(f(1), 2)", "approximate", "f(1)", "2"),
        ("self.fail('no')", "fails", "", None),
        ("assert True", "constant", "True", None),
        ("assert (f(1), 'why')", "constant", '(f(1),"why")', None),
        ("assert x == x", "constant", "x", "x"),
        ("self.assert_json(f(1), 'a')", "other", "assert_json(f(1))", '"a"'),
    ],
)
def test_an_assertion_has_one_form_in_every_style(
    statement: str, form: str, subject: str, expected: str | None
) -> None:
    found = assertion(statement)

    assert (found.form, found.subject, found.expected) == (form, subject, expected)


@pytest.mark.parametrize(
    ("statement", "tolerance"),
    [
        ("assert f() == pytest.approx(1)", Tolerance(1e-6, 1e-12)),
        ("assert f() == approx(1, abs=0.1)", Tolerance(None, 0.1)),
        ("assert f() == approx(1, rel=0.1)", Tolerance(0.1, 1e-12)),
        ("assert math.isclose(f(), 1)", Tolerance(1e-9, None)),
        ("assert np.isclose(f(), 1, rtol=0.1)", Tolerance(0.1, 1e-8)),
        ("assert torch.allclose(f(), 1, 0.1, 0.2)", Tolerance(0.1, 0.2)),
        ("np.testing.assert_allclose(f(), 1)", Tolerance(1e-7, None)),
        ("np.testing.assert_almost_equal(f(), 1, decimal=3)", Tolerance(None, 1.5e-3)),
        ("self.assertAlmostEqual(f(), 1)", Tolerance(None, 0.5e-7)),
        ("self.assertAlmostEqual(f(), 1, delta=0.1)", Tolerance(None, 0.1)),
        ("assert round(f(), 2) == 1", Tolerance(None, 0.005)),
        ("assert abs(f() - 1) < 1e-3", Tolerance(None, 1e-3)),
        ("np.testing.assert_allclose(f(), 1, rtol=limit())", Tolerance(is_known=False)),
    ],
)
def test_a_tolerance_has_its_defaults(statement: str, tolerance: Tolerance) -> None:
    found = assertion(statement).tolerance

    assert found is not None
    assert found.is_known == tolerance.is_known
    assert (found.relative, found.absolute) == (
        pytest.approx(tolerance.relative) if tolerance.relative is not None else None,
        pytest.approx(tolerance.absolute) if tolerance.absolute is not None else None,
    )


def test_local_names_stand_for_what_was_assigned_last() -> None:
    found = unit("""
        def test_it():
            result = f(1)
            assert result == 2
            result = f(3)
            assert result.sum == 4
    """)

    assert [each.subject for each in found.assertions] == ["f(1)", "f(3).sum"]


def test_both_branches_are_read_and_say_under_what_they_run() -> None:
    found = unit("""
        def test_it():
            if x:
                assert f(1) == 2
            else:
                assert f(1) == 3
            try:
                assert f(2) == 2
            except KeyError:
                pass
            if y:
                return
            assert f(3) == 3
    """)

    assert [each.guards for each in found.assertions] == [
        ("if x",),
        ("if not x",),
        ("except KeyError",),
        ("return if y",),
    ]


def test_an_expected_exception_by_hand_is_not_swallowed() -> None:
    found = unit("""
        def test_it():
            try:
                assert f(1) == 2
            except AssertionError:
                raise RuntimeError
    """)

    assert not found.assertions[0].is_swallowed


def test_stacked_tables_marks_and_loops_are_cases() -> None:
    found = unit("""
        ROWS = [("a", 1), pytest.param("b", 2, id="second", marks=pytest.mark.xfail(reason="why"))]

        @pytest.mark.parametrize("x,y", ROWS)
        @pytest.mark.parametrize("z", [True, False])
        def test_it(x, y, z):
            for each in (3, 4):
                assert f(x, each) == y
    """)

    assert found.cases == ('"a",1', '"b",2', "True", "False", "3", "4")
    assert [(each.kind, each.case) for each in found.conditions] == [("xfail", '"b",2')]
    assert found.case_names == ("x", "y", "z")


def test_a_table_that_cannot_be_read_is_named() -> None:
    found = unit("""
        from rows import ROWS

        @pytest.mark.parametrize("x", ROWS)
        def test_it(x):
            assert f(x)
    """)

    assert (found.cases, found.table_name) == ((), "ROWS")


@pytest.mark.parametrize(
    ("source", "text", "is_always"),
    [
        ("@pytest.mark.skip\ndef test_it(): f()", "skip", True),
        ("@unittest.skipIf(CI, 'why')\ndef test_it(): f()", "skip if CI", False),
        ("@unittest.skipUnless(CI, 'why')\ndef test_it(): f()", "skip unless CI", False),
        ("@pytest.mark.skipif(True, reason='why')\ndef test_it(): f()", "skip", True),
        ("@t.skip.if_pypy\ndef test_it(): f()", "t.skip.if_pypy", False),
        ("@skip_on_windows\ndef test_it(): f()", "skip_on_windows", False),
        ("pytestmark = pytest.mark.skip\ndef test_it(): f()", "skip", True),
        ("pytest.importorskip('numpy')\ndef test_it(): f()", 'skip unless "numpy"', False),
        ("def test_it():\n    if CI:\n        pytest.skip('why')", "skip if CI", False),
        ("@pytest.mark.xfail(strict=True)\ndef test_it(): f()", "xfail strict=True", True),
        ("@pytest.mark.xfail(CI, reason='why')\ndef test_it(): f()", "xfail if CI", False),
        ("class Shop:\n    def test_it(self): f()", "its class is not named as tests are", True),
    ],
)
def test_a_condition_says_whether_it_always_holds(source: str, text: str, is_always: bool) -> None:
    assert [(each.text, each.is_always) for each in unit(source).conditions] == [(text, is_always)]


def test_a_class_that_others_extend_is_collected_through_them() -> None:
    found = unit("class Shop:\n    def test_it(self): f()\nclass TestShop(Shop):\n    pass\n")

    assert found.conditions == ()


def test_of_two_tests_with_one_name_the_first_is_lost() -> None:
    found = ledger("def test_it(): f(1)\ndef test_it(): f(2)\n")

    assert [[each.kind for each in one.conditions] for one in found.units] == [["uncollected"], []]


def test_fixtures_set_up_and_asserting_functions_are_helpers() -> None:
    found = ledger("""
        @pytest.fixture
        def test_client(): return 1
        def check(x): assert x
        class TestShop(TestCase):
            def setUp(self): self.x = 1
            def test_it(self): check(f(1))
    """)

    assert [each.name for each in found.helpers] == ["test_client", "check", "TestShop.setUp"]
    assert [each.form for each in found.units[0].assertions] == ["other"]


def test_requirements_are_named_by_marks_docstrings_comments_and_properties() -> None:
    found = unit('''
        # covers REQ-1
        @pytest.mark.req("REQ-2")
        def test_it(record_property):
            """As SHOP-REQ-3 says. [utest-\x3ereq~login~1]"""
            record_property("requirement", "REQ-4")
            assert f("REQ-5") == 1  # see REQ-6, in UTF-8
    ''')

    assert set(found.requirement_ids) == {"REQ-1", "REQ-2", "SHOP-REQ-3", "REQ-4", "REQ-6", "req~login~1"}


def test_mocked_targets_are_named_by_decorators_contexts_and_fixtures() -> None:
    found = unit("""
        @mock.patch("shop.cart.total")
        @mock.patch.object(cart, "count")
        def test_it(monkeypatch):
            monkeypatch.setattr("shop.mail.send", None)
            with patch("shop.clock.now"):
                assert f(1)
    """)

    assert found.mocks == ("shop.cart.total", "cart.count", "shop.mail.send", "shop.clock.now")


def test_python_2_is_read() -> None:
    found = ledger("def test_it():\n    print 'x'\n    try:\n        f()\n    except E, e:\n        assert e.x == 1\n")

    assert found.problem is None
    assert [each.subject for each in found.units[0].assertions] == ["e.x"]


def test_a_broken_file_gives_what_can_be_read_and_says_so() -> None:
    found = ledger("def test_a():\n    assert f(1) == 2\n\ndef test_b(:\n    assert f(\n")

    assert found.problem is not None
    assert found.units[0].assertions[0].subject == "f(1)"


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"\xef\xbb\xbfdef test_a(): assert 1", b"(" * 5_000])
def test_hostile_bytes_never_fail(content: bytes) -> None:
    assert python.read("tests/test_a.py", content).path == "tests/test_a.py"


def test_production_code_says_only_what_it_defines() -> None:
    found = ledger("class Cart:\n    def total(self): ...\nasync def main(): ...\n", "shop/cart.py")

    assert (found.units, found.defines) == ((), ("Cart", "main", "total"))


@pytest.mark.parametrize(
    ("path", "is_test"),
    [
        ("tests/test_a.py", True),
        ("shop/cart_test.py", True),
        ("test/helper.py", True),
        ("shop/tests.py", True),
        ("conftest.py", True),
        ("shop/testsite.py", False),
        ("shop/contest.py", False),
        ("shop/latest.py", False),
    ],
)
def test_tests_are_known_by_their_name_or_folder(path: str, is_test: bool) -> None:
    assert python.is_test_path(path) == is_test
