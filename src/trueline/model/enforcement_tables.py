"""What replays of the gate found: how commits changed what is enforced.

Commits are judged one by one, the newest first, as far as there was time; a commit without a row was not judged.
"""

from __future__ import annotations

from .table import REPOSITORY, Column, Table

_COMMIT = Column("commit_id", "varchar", "The commit, judged against its first parent.", required=True)

JUDGED_COMMITS = Table(
    name="judged_commits",
    title="Commits that a replay of the gate judged",
    grain="one row per commit",
    key=("repository", "commit_id"),
    origin="evidence",
    columns=(
        REPOSITORY,
        _COMMIT,
        Column("is_readable", "boolean", "False where a file of it could not be read, so that nothing is known.", required=True),
        Column("why_unknown", "varchar", "Why; null where it could be read."),
        Column("weaker", "bigint", "Ways in which it weakens what is enforced.", required=True),
        Column("stronger", "bigint", "Ways in which it strengthens it.", required=True),
    ),
)  # fmt: skip

ENFORCEMENT_CHANGES = Table(
    name="enforcement_changes",
    title="How commits changed what is enforced",
    grain="one row per commit and way",
    key=("repository", "commit_id", "number"),
    origin="evidence",
    columns=(
        REPOSITORY,
        _COMMIT,
        Column("number", "bigint", "Its place among those of the commit.", required=True),
        Column("is_weaker", "boolean", "False where it strengthens.", required=True),
        Column("kind", "varchar", "Such as assertion_removed or test_skipped; what it is called where it weakens.", required=True),
        Column("path", "varchar", "The file, after the change; before it, where it is gone.", required=True),
        Column("unit", "varchar", "The test, or the name of the measure.", required=True),
        Column("old", "varchar", "As it was written; null where there was nothing."),
        Column("new", "varchar", "As it is written; null where there is nothing."),
        Column("requirement_ids", "varchar[]", "Requirements that the test names.", required=True),
        Column("is_certain", "boolean", "False where it is likely only.", required=True),
    ),
)  # fmt: skip

ENFORCEMENT_TABLES: tuple[Table, ...] = (JUDGED_COMMITS, ENFORCEMENT_CHANGES)
