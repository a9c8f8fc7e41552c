"""The tree tables of tests: which files hold tests, each test as its runner would collect it, and what it asserts.

Stored once per content and path, because names and folders say what a runner collects; `blob_id` is the key.
What these tests did when they ran is evidence, and stands in `test_results`.
"""

from __future__ import annotations

from .table import Column, Table

_BLOB = Column("blob_id", "varchar", "Content of the file.", required=True)
_UNIT = Column("unit", "bigint", "Which test of the file it is, 1-based.", required=True)
_LINE = Column("line", "bigint", "1-based line.", required=True)

PARSED_TEST_TABLES: tuple[Table, ...] = (
    Table(
        name="test_files",
        title="Files that hold tests by their name or folder",
        grain="one row per file in Python, JavaScript, TypeScript, Go or Java, however few tests it holds",
        key=("repository", "path"),
        origin="tree",
        columns=(
            _BLOB,
            Column("language", "varchar", "python, javascript, typescript, go or java.", required=True),
            Column("framework", "varchar", "What runs them, as the text tells: pytest, jest, junit5 …; null where it does not."),
            Column("units", "bigint", "Tests that it holds.", required=True),
            Column("asserting", "varchar[]", "Names of its functions that are no tests and assert.", required=True),
            Column("problem", "varchar", "Why it could not be read whole; null where it could."),
        ),
    ),
    Table(
        name="test_units",
        title="Tests as their runner would collect them",
        grain="one row per test; its cases are counted",
        key=("repository", "path", "unit"),
        origin="tree",
        columns=(
            _BLOB,
            _UNIT,
            Column("name", "varchar", "Its name inside the file: `TestCart.test_total`, `cart > adds up`.", required=True),
            _LINE,
            Column("end_line", "bigint", "Its last line.", required=True),
            Column("language", "varchar", "python, javascript, typescript, go or java.", required=True),
            Column("framework", "varchar", "What runs it, as the text tells; null where it does not."),
            Column("parameters", "varchar[]", "Names of the columns of its cases, where they are known.", required=True),
            Column("cases", "bigint", "Rows of its parameters or table that can be read; 0 where it has none.", required=True),
            Column("assertions", "bigint", "Assertions in it; what it calls may assert as well.", required=True),
            Column("expectations", "bigint", "Of these, the ones that state a value, a type or an exception.", required=True),
            Column("guarded", "bigint", "Of its assertions, the ones that run only under a condition or in a handler.", required=True),
            Column("swallowed", "bigint", "Of its assertions, the ones whose failure is caught.", required=True),
            Column("is_skipped", "boolean", "True where it never runs: skipped without a condition, or not collected.", required=True),
            Column("is_expected_to_fail", "boolean", "True where it may fail, whatever the circumstances.", required=True),
            Column("is_conditional", "boolean", "True where a condition decides whether it runs or may fail.", required=True),
            Column("is_exclusive", "boolean", "True where it runs and the others of its file do not: `.only`.", required=True),
            Column("conditions", "varchar[]", "Why it, or a case of it, does not count: `skip: slow`.", required=True),
            Column("is_snapshot", "boolean", "True where it compares with a stored value.", required=True),
            Column("mocks", "varchar[]", "What it replaces.", required=True),
            Column("calls", "varchar[]", "Names that it calls, without those of its framework.", required=True),
            Column("requirement_ids", "varchar[]", "Requirements that it names.", required=True),
        ),
    ),
    Table(
        name="test_assertions",
        title="What tests assert",
        grain="one row per assertion of a test",
        key=("repository", "path", "unit", "number"),
        origin="tree",
        columns=(
            _BLOB,
            _UNIT,
            Column("number", "bigint", "Which assertion of the test it is, 1-based.", required=True),
            _LINE,
            Column("form", "varchar", "equality, approximate, membership, order, match, truth, raises, snapshot …", required=True),
            Column("is_negated", "boolean", "True where it must not be so.", required=True),
            Column("subject", "varchar", "The call under test, normalised; at most 300 characters.", required=True),
            Column("expected", "varchar", "What is expected, normalised, at most 300 characters; null where the form has none."),
            Column("message", "varchar", "What an exception or a text must say; null where nothing is asked of it."),
            Column("relative_tolerance", "double", "How far it may be off, in shares, defaults filled in; null where it has none."),
            Column("absolute_tolerance", "double", "How far it may be off, defaults filled in; null where it has none."),
            Column("guards", "varchar[]", "Conditions and handlers that it runs under, outermost first.", required=True),
            Column("is_swallowed", "boolean", "True where a failure of it is caught.", required=True),
        ),
    ),
)  # fmt: skip
"""As stored: `blob_id` first; `tree_tables.at_paths` gives them as rules see them."""
