"""Sources in the languages with braces, and what their readers say that they enforce."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trueline.model.enforcement import Assertion, Condition, Ledger, TestUnit
from trueline.sources.enforcement import go, java, javascript, snapshots

READERS = (javascript, go, java, snapshots)
LEDGERS = Path(__file__).parent / "ledgers"

PATHS = ("a.test.ts", "a.test.js", "a.test.tsx", "a_test.go", "ATest.java", "__snapshots__/a.snap")


def read_ledger(path: str, content: bytes) -> Ledger:
    """Return what the one reader of the language says, without those of settings and suppressions."""
    (reader,) = [each for each in READERS if each.selects(path)]
    ledger: Ledger = reader.read(path, content)
    return ledger


def facets(ledger: Ledger) -> dict[str, Any]:
    """Return a ledger in the words of the declared ones, without what is empty."""
    said: dict[str, Any] = {unit.name: _of_unit(unit) for unit in ledger.units}
    helpers = {unit.name: _of_unit(unit) for unit in ledger.helpers}
    measures = {measure.key: f"{measure.kind} line {measure.line}" for measure in ledger.measures}
    rest = {"helpers": helpers, "measures": measures, "defines": list(ledger.defines), "problem": ledger.problem}
    return {"units": said, **{key: value for key, value in rest.items() if value}}


def _of_unit(unit: TestUnit) -> dict[str, Any]:
    said = {
        "assertions": [_of_assertion(each) for each in unit.assertions],
        "cases": list(unit.cases),
        "columns": " ".join(unit.case_names),
        "conditions": [_of_condition(each) for each in unit.conditions],
        "mocks": list(unit.mocks),
        "requirements": list(unit.requirement_ids),
        "table": unit.table_name,
    }
    return {key: value for key, value in said.items() if value}


def _of_assertion(one: Assertion) -> str:
    said = f"{'not ' if one.is_negated else ''}{one.form}: {one.subject}"
    said += f" -> {one.expected}" if one.expected is not None else ""
    said += f" says {one.message}" if one.message is not None else ""
    if one.tolerance is not None:
        parts = [one.tolerance.absolute, one.tolerance.relative and f"{one.tolerance.relative} of it"]
        said += f" within {' '.join(str(each) for each in parts if each is not None) or 'unknown'}"
    said += f" under {'; '.join(one.guards)}" if one.guards else ""
    return said + (" swallowed" if one.is_swallowed else "")


def _of_condition(one: Condition) -> str:
    return f"{one.kind}: {one.text}{'' if one.is_always else ' (sometimes)'}"


def _declared() -> Iterator[Any]:
    for file in sorted(LEDGERS.glob("*.yaml")):
        for name, case in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            yield pytest.param(case, id=f"{file.stem}: {name}")


@pytest.mark.parametrize("case", list(_declared()))
def test_a_file_enforces_what_is_declared(case: dict[str, Any]) -> None:
    assert facets(read_ledger(case["path"], case["source"].encode())) == case["expect"]


@pytest.mark.parametrize("path", PATHS)
@given(content=st.binary(max_size=300))
def test_no_content_makes_a_reader_fail(path: str, content: bytes) -> None:
    assert read_ledger(path, b"// test( expect( @Test testing.T\n" + content).path == path


SOURCE = {
    "a.test.ts": "it('a', () => { const x = f(1); if (x) { try { expect(x).toBe(3) } catch (e) { log(e) } } })",
    "a_test.go": "package a\nfunc TestA(t *testing.T) { if got := F(1); got != 3 { t.Error(got) } }",
    "ATest.java": "class ATest { @Test void a() { try { assertEquals(3, f(1)); } catch (X e) { throw e; } } }",
}


@pytest.mark.parametrize("path", sorted(SOURCE))
@given(cut=st.integers(0, 100), junk=st.sampled_from(["{", "}", "(", '"', "`", "/*", "\x00", "@", "=>"]))
def test_a_broken_file_is_read_as_far_as_it_goes(path: str, cut: int, junk: str) -> None:
    text = SOURCE[path]

    ledger = read_ledger(path, (text[:cut] + junk + text[cut:]).encode())

    assert ledger.path == path


@pytest.mark.parametrize("path", sorted(SOURCE))
def test_what_stands_before_a_broken_part_is_kept_and_the_problem_is_said(path: str) -> None:
    ledger = read_ledger(path, (SOURCE[path] + "\n\n%%% ((((\n").encode())

    assert len(ledger.units) == 1
    assert ledger.problem is not None
    assert ledger.problem.startswith("it does not parse at line")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "a.test.js",
            "it('a', () => { expect(" + " && ".join(["a"] * 5_000) + ").toBe(1); assert(" + "!" * 5_000 + "x) })",
        ),
        ("a_test.go", "package a\nfunc TestA(t *testing.T) { if " + " || ".join(["a"] * 5_000) + " { t.Error() } }"),
        ("ATest.java", "class A { @Test void a() { assertTrue(" + "(" * 5_000 + "x" + ")" * 5_000 + "); } }"),
    ],
)
def test_endless_nesting_is_no_failure(path: str, text: str) -> None:
    assert read_ledger(path, text.encode()).path == path


@pytest.mark.parametrize("path", sorted(SOURCE))
def test_a_long_file_gives_all_of_its_tests(path: str) -> None:
    head, _, body = SOURCE[path].rpartition("\n")
    named = (body.replace("TestA", f"TestA{at}").replace("class ATest", f"class A{at}") for at in range(2_000))

    ledger = read_ledger(path, "\n".join([head, *named]).encode())

    assert len(ledger.units) == 2_000
    assert all(len(unit.assertions) == 1 for unit in ledger.units)
