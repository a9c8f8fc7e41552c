"""Evidence of tests: what ran at which commit and how it ended, and which lines it reached.

Rows are appended per commit; of two reports about the same test at the same commit, the later counts.
"""

from __future__ import annotations

from .table import REPOSITORY, Column, Table

COMMIT = Column("commit_id", "varchar", "The commit that was tested.", required=True)

TEST_RESULTS = Table(
    name="test_results",
    title="Results of tests",
    grain="one row per commit, suite and test",
    key=("repository", "commit_id", "suite", "test"),
    origin="evidence",
    event="ran_at",
    columns=(
        REPOSITORY,
        COMMIT,
        Column("suite", "varchar", "Name of the suite; empty where the report gives none.", required=True),
        Column("test", "varchar", "Class and name, as in `tests.test_cart.TestTotal.test_empty`.", required=True),
        Column("class_name", "varchar", "The class or module, as the report writes it."),
        Column("name", "varchar", "The test's own name, with its parameters.", required=True),
        Column("path", "varchar", "The file, where the report names one; as it writes it."),
        Column("line", "bigint", "1-based line, where the report names one."),
        Column("status", "varchar", "passed, failed, error or skipped.", required=True),
        Column("seconds", "double", "How long it took."),
        Column("message", "varchar", "Why it did not pass: the first line, at most 300 characters."),
        Column("requirement_ids", "varchar[]", "Requirements that the test names in its properties.", required=True),
        Column("ran_at", "timestamptz", "When its suite ran; when it was collected, where the report does not say."),
    ),
)

COVERAGE = Table(
    name="coverage",
    title="Lines that tests reached",
    grain="one row per commit and file",
    key=("repository", "commit_id", "path"),
    origin="evidence",
    event="measured_at",
    columns=(
        REPOSITORY,
        COMMIT,
        Column("path", "varchar", "The file, as the report writes it, with slashes.", required=True),
        Column("covered_lines", "bigint[]", "Lines that were executed.", required=True),
        Column("missed_lines", "bigint[]", "Lines that could have been executed and were not.", required=True),
        Column("branches", "bigint", "Branches; null where they were not measured."),
        Column("covered_branches", "bigint", "Branches that were taken."),
        Column("measured_at", "timestamptz", "When it was measured or, where the report does not say, collected."),
    ),
)

TEST_TABLES: tuple[Table, ...] = (TEST_RESULTS, COVERAGE)
"""The tables that `trueline collect --tests` and `--coverage` fill."""
