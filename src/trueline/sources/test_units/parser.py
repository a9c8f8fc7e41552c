"""Parse files that hold tests into rows: each file, each test, each assertion.

The readers of `sources.enforcement` do the reading; this only lays out what they found. Files are chosen by name
and folder, so that a tree of production code is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import import_module

from trueline.model.enforcement import Assertion, Ledger, TestUnit
from trueline.model.table import Row
from trueline.model.test_unit_tables import PARSED_TEST_TABLES
from trueline.sources.enforcement.read import ENFORCEMENT_READER_VERSION, MAX_LEDGER_BYTES
from trueline.sources.git import display_path
from trueline.sources.trees.parsed import Parser

from .frameworks import framework_of

SHOWN = 300
"""Characters of a normalised text that are kept."""

_OWN_VERSION = 2
_READERS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"(?:^|.*/)(?:tests?|test_[^/]*|[^/]*_tests?|conftest)\.py|(?:.*/)?(?:[^/]*[_-])?tests?/.*\.py"), "python", "python"),
    (re.compile(r".*_test\.go"), "go", "go"),
    (re.compile(r"(?:.*/)?(?:[^/]*(?:Tests?|TestCase|IT|Spec)\.java|(?:\w*[tT]ests?|it)/.*\.java)"), "java", "java"),
    (re.compile(r"(?:.*/)?(?:[^/]*[._-](?:test|spec|e2e|cy)s?\.[cm]?tsx?|(?:__tests__|tests?|specs?|e2e|cypress)/.*\.[cm]?tsx?)"), "javascript", "typescript"),
    (re.compile(r"(?:.*/)?(?:[^/]*[._-](?:test|spec|e2e|cy)s?\.[cm]?jsx?|(?:__tests__|tests?|specs?|e2e|cypress)/.*\.[cm]?jsx?)"), "javascript", "javascript"),
)  # fmt: skip
"""Which paths hold tests, the module that reads them, and their language."""
_FOREIGN = re.compile(r"(?:^|/)(?:node_modules|vendor|third_party|testdata)/|\.d\.ts$|\.min\.js$")


def reader_of(path: str) -> tuple[str, str] | None:
    """Return the module that reads the tests of a path, and their language; None where it holds none."""
    if _FOREIGN.search(path):
        return None
    return next(((module, language) for pattern, module, language in _READERS if pattern.fullmatch(path)), None)


def rows_of(path: str, content: bytes) -> Mapping[str, Sequence[Row]]:
    """Return the rows of one file by table name, without `blob_id`; never fails on content."""
    ledger = _ledger(path, content)
    framework = framework_of(ledger.language, content)
    return {
        "test_files": [(ledger.language, framework, len(ledger.units), _asserting(ledger.helpers), ledger.problem)],
        "test_units": [
            (number, *_unit_row(unit, ledger.language, framework)) for number, unit in enumerate(ledger.units, 1)
        ],
        "test_assertions": [
            (number, place, *_assertion_row(one))
            for number, unit in enumerate(ledger.units, 1)
            for place, one in enumerate(unit.assertions, 1)
        ],
    }


def _ledger(path: str, content: bytes) -> Ledger:
    module, language = reader_of(path) or ("", "")
    if len(content) > MAX_LEDGER_BYTES:
        return Ledger(path, language, problem=f"it is larger than {MAX_LEDGER_BYTES:,} bytes")
    read: Ledger = import_module(f"trueline.sources.enforcement.{module}").read(path, content)
    return read


def _asserting(helpers: Sequence[TestUnit]) -> list[str]:
    """Return the own names of the functions that assert, or call one that does."""
    known: set[str] = set()
    while (
        found := {one.name.rpartition(".")[2] for one in helpers if one.assertions or not known.isdisjoint(one.calls)}
        - known
    ):
        known |= found
    return sorted(known)


def _unit_row(unit: TestUnit, language: str, framework: str | None) -> Row:
    whole = [condition for condition in unit.conditions if condition.case is None]
    stops = [condition for condition in whole if condition.kind in ("skip", "uncollected", "xfail", "marker")]
    return (
        unit.name,
        unit.line,
        unit.end_line,
        language,
        framework,
        list(unit.case_names),
        len(unit.cases),
        len(unit.assertions),
        sum(one.expected is not None for one in unit.assertions),
        sum(bool(one.guards) for one in unit.assertions),
        sum(one.is_swallowed for one in unit.assertions),
        any(condition.is_always and condition.kind in ("skip", "uncollected") for condition in stops),
        any(condition.is_always and condition.kind == "xfail" for condition in stops),
        any(not condition.is_always for condition in stops),
        any(condition.kind == "only" for condition in whole),
        [f"{condition.kind}: {condition.text}"[:SHOWN] for condition in unit.conditions],
        any(one.form == "snapshot" for one in unit.assertions),
        list(unit.mocks),
        list(unit.calls),
        list(unit.requirement_ids),
    )


def _assertion_row(one: Assertion) -> Row:
    tolerance = one.tolerance if one.tolerance and one.tolerance.is_known else None
    return (
        one.line,
        one.form,
        one.is_negated,
        one.subject[:SHOWN],
        None if one.expected is None else one.expected[:SHOWN],
        None if one.message is None else one.message[:SHOWN],
        tolerance.relative if tolerance else None,
        tolerance.absolute if tolerance else None,
        list(one.guards),
        one.is_swallowed,
    )


def _dialect(path: bytes) -> str | None:
    shown = display_path(path)
    return None if reader_of(shown) is None else shown


TEST_UNITS = Parser("tests", ENFORCEMENT_READER_VERSION * 100 + _OWN_VERSION, PARSED_TEST_TABLES, _dialect, rows_of)
