"""What a file enforces: test units with their assertions, and every other measure that can fail a change.

A *ledger* is all that one file enforces, read from its content alone; comparing the ledgers of two
trees says how enforcement changed. Nothing here parses and nothing decides whether a change was allowed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

AssertionForm = Literal[
    "equality",  # ==, assertEqual, toBe, toEqual, assertEquals, DeepEqual
    "inequality",
    "identity",
    "approximate",  # equality within a tolerance
    "membership",
    "order",  # <, <=, >, >=
    "match",  # regular expression or substring
    "type",
    "truth",  # only truthy, not none, defined, no error
    "raises",
    "warns",
    "called",  # a mock was called
    "snapshot",  # compared with a stored golden value
    "fails",  # an unconditional fail(), or t.Error under a condition
    "constant",  # always true: assert True, a non-empty tuple, a value with itself
    "other",
]

ConditionKind = Literal["skip", "xfail", "only", "marker", "uncollected"]

ChangeKind = Literal[
    "assertion_removed",
    "assertion_weakened",
    "expected_changed",
    "tolerance_loosened",
    "test_deleted",
    "test_skipped",
    "test_xfail",
    "case_removed",
    "exception_swallowed",
    "sut_mocked",
    "golden_changed",
    "ci_disabled",
    "ci_nonfailing",
    "coverage_lowered",
    "lint_suppressed",
    "warning_suppressed",
    "parameter_out_of_range",
]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)

Stricter = Literal["more", "less", "present", "absent", "equal"]
"""Which way a measure is stricter: a higher number, a lower one, by being there, by not being there,
or only as it was (then any other value is a change to look at)."""


@dataclass(frozen=True)
class Tolerance:
    """How far an approximate equality may be off, with the library's defaults filled in."""

    relative: float | None = None
    absolute: float | None = None
    is_known: bool = True
    """False where it is an expression whose value cannot be told from the text."""


@dataclass(frozen=True)
class Assertion:
    """One assertion of a test unit."""

    form: AssertionForm
    subject: str
    """What is looked at, normalised: the call under test with its arguments, local names of one use resolved."""
    expected: str | None
    """The expectation, normalised; the exception type for `raises`; None where the form has none."""
    line: int
    text: str
    """As written, white space folded, at most 300 characters: what people are shown."""
    is_negated: bool = False
    message: str | None = None
    """What the exception or the text must say, such as `match=`; not the message for the reader of a failure."""
    tolerance: Tolerance | None = None
    guards: tuple[str, ...] = ()
    """What it runs under, outermost first: `if x`, `except E` (inside a handler or a try that swallows). Loops
    and context managers are none."""
    is_swallowed: bool = False
    """True where a failure of it is caught and nothing raises it again."""
    options: tuple[str, ...] = ()
    """Other arguments that say how strict it is, normalised and sorted: `check_dtype=False`."""


@dataclass(frozen=True)
class Condition:
    """Why a unit, or a case of it, does not count as it stands."""

    kind: ConditionKind
    text: str
    """As written, normalised; with its condition."""
    line: int
    is_always: bool = True
    """False where it depends on something, such as the platform."""
    case: str | None = None
    """The case that it holds for; None for the whole unit."""


@dataclass(frozen=True)
class TestUnit:
    """One test as its runner would collect it."""

    __test__ = False  # not a test of ours

    name: str
    """Inside its file: `TestCart.test_total`, `cart > adds up`, `TestTotal/empty`."""
    line: int
    end_line: int
    assertions: tuple[Assertion, ...] = ()
    cases: tuple[str, ...] = ()
    """Rows of its parameters or table, each normalised; empty where it has none that can be read."""
    case_names: tuple[str, ...] = ()
    """Names of the columns of its cases, where they are known: they tell what is given from what is expected."""
    conditions: tuple[Condition, ...] = ()
    mocks: tuple[str, ...] = ()
    """Targets that it replaces, as written: `shop.cart.total`."""
    calls: tuple[str, ...] = ()
    """Names that it calls, without those of its framework; they help to know it again under another name."""
    requirement_ids: tuple[str, ...] = ()
    body: str = ""
    """Its body, normalised: tokens joined by one space, comments and layout left out; at most 4,000 characters."""
    table_name: str | None = None
    """Name of the shared list that its cases come from, where it is defined elsewhere; or the text that computes them."""


@dataclass(frozen=True)
class Measure:
    """Anything else that can fail a change: a step of CI, a floor, a setting, a suppression, a golden file."""

    kind: ChangeKind
    """What it is called when it becomes less strict."""
    key: str
    """Stable name without line numbers, such as `jobs.test.steps.pytest`, `coverage.fail_under`, `noqa:E501`."""
    value: str
    stricter: Stricter
    line: int = 1
    text: str = ""
    """As written, for people; `key = value` where it is left out."""
    scope: str = ""
    """Where a move does not matter: measures are matched by (kind, key, scope) over the whole change; a
    suppression's scope is the statement it stands on, normalised, so that a moved line is no new suppression."""


@dataclass(frozen=True)
class Ledger:
    """What one file enforces."""

    path: str
    language: str
    """python, javascript, typescript, go, java, github_actions, gitlab_ci, make, toml, ini, yaml, json, golden."""
    units: tuple[TestUnit, ...] = ()
    helpers: tuple[TestUnit, ...] = ()
    """Functions that assert and are called by tests; and fixtures. Matched like units, never `test_deleted`."""
    measures: tuple[Measure, ...] = ()
    defines: tuple[str, ...] = ()
    """Names of functions, methods and classes that production code defines: a test of what went with it is no loss."""
    problem: str | None = None
    """Why it could not be read whole: then what it lost is unknown, not nothing."""


@dataclass(frozen=True)
class EnforcementChange:
    """One way in which a change weakens or strengthens what is enforced."""

    kind: ChangeKind
    is_weaker: bool
    path: str
    """In the head, or in the base where it is gone."""
    unit: str
    """The test unit, or the key of a measure."""
    old: str | None
    new: str | None
    old_line: int | None = None
    new_line: int | None = None
    old_path: str | None = None
    """Where it was, if that is elsewhere."""
    requirement_ids: tuple[str, ...] = ()
    confidence: Literal["certain", "likely"] = "certain"
    """Only what is certain may block."""
    note: str = ""
    """A fragment for people: `runs only if CI`, `the default tolerance is wider`."""


@dataclass(frozen=True)
class Compared:
    """What came of comparing all ledgers of a change."""

    weaker: tuple[EnforcementChange, ...] = ()
    stronger: tuple[EnforcementChange, ...] = ()
    unreadable: tuple[str, ...] = field(default=())
    """Files that could not be read on one side, each with why: `tests/a.py: it does not parse after line 3`."""
