"""Evidence of other tools: what scanners said about a commit, and how a scorecard rates a repository.

Rows are appended per commit; of two reports of one tool and category about the same commit, the later counts.
"""

from __future__ import annotations

from .table import REPOSITORY, Column, Table

COMMIT = Column("commit_id", "varchar", "The commit that was looked at.", required=True)
TOOL = Column("tool", "varchar", "The tool, as it calls itself.", required=True)
CATEGORY = Column(
    "category",
    "varchar",
    "Which of several runs of the tool, such as a language; empty where there is one.",
    required=True,
)
REPORT = Column(
    "report_id", "varchar", "Digest of what the run said; a result counts with the run of its report.", required=True
)

SCANNER_RUNS = Table(
    name="scanner_runs",
    title="Runs of scanners",
    grain="one row per commit, tool and category",
    key=("repository", "commit_id", "tool", "category"),
    origin="evidence",
    event="ran_at",
    columns=(
        REPOSITORY,
        COMMIT,
        TOOL,
        CATEGORY,
        Column("tool_version", "varchar", "Version of the tool, where it says so."),
        Column("rules", "varchar[]", "Ids of the rules that the report lists or that a result breaks.", required=True),
        Column(
            "lists_all_rules",
            "boolean",
            "True where it also lists rules that nothing breaks: then a rule that is not listed did not run.",
            required=True,
        ),
        Column("results", "bigint", "Results that the report holds; 0 is known to be none.", required=True),
        Column("is_successful", "boolean", "False where the run failed or reports no results at all.", required=True),
        REPORT,
        Column("ran_at", "timestamptz", "When it ran; when the commit was made, where the report does not say."),
    ),
)

SCANNER_RESULTS = Table(
    name="scanner_results",
    title="Results of scanners",
    grain="one row per commit, tool, category and result",
    key=("repository", "commit_id", "tool", "category", "fingerprint"),
    origin="evidence",
    event="found_at",
    columns=(
        REPOSITORY,
        COMMIT,
        TOOL,
        CATEGORY,
        Column("tool_version", "varchar", "Version of the tool, where it says so."),
        Column("rule", "varchar", "Id of the rule, as the tool writes it; empty where it names none.", required=True),
        Column("level", "varchar", "error, warning, note or none.", required=True),
        Column("path", "varchar", "The file; null where it lies outside the repository or none is named."),
        Column("line", "bigint", "1-based line, where one is named."),
        Column(
            "message",
            "varchar",
            "First line, at most 300 characters; null for rules about secrets, as it may hold them.",
        ),
        Column("fingerprint", "varchar", "Same for the same result at another line or commit.", required=True),
        Column("is_suppressed", "boolean", "True where the source or the tool's settings excuse it.", required=True),
        Column("baseline_state", "varchar", "new, unchanged, updated or absent, against the tool's own baseline."),
        Column("help_uri", "varchar", "Page about the rule."),
        REPORT,
        Column("found_at", "timestamptz", "When the tool ran; when the commit was made, where it does not say."),
    ),
)

SCORECARD_CHECKS = Table(
    name="scorecard_checks",
    title="Checks of OpenSSF Scorecard",
    grain="one row per commit and check",
    key=("repository", "commit_id", "check_name"),
    origin="evidence",
    event="ran_at",
    columns=(
        REPOSITORY,
        COMMIT,
        Column("check_name", "varchar", "The check, such as Branch-Protection.", required=True),
        Column("score", "bigint", "0 to 10; -1 where it could not be told.", required=True),
        Column("reason", "varchar", "Why, at most 300 characters."),
        Column("documentation_url", "varchar", "Page about the check."),
        Column("tool_version", "varchar", "Version of Scorecard, where it says so."),
        Column("ran_at", "timestamptz", "When it ran; when the commit was made, where it does not say."),
    ),
)

SCANNER_TABLES: tuple[Table, ...] = (SCANNER_RUNS, SCANNER_RESULTS)
"""The tables that `trueline collect --sarif` fills."""

SCORECARD_TABLES: tuple[Table, ...] = (SCORECARD_CHECKS,)
"""The tables that `trueline collect --scorecard` fills."""
