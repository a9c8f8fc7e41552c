"""The tables that the analysis of rework fills."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table

CHANGE_REWORK = Table(
    name="change_rework",
    title="What became of the lines that landed changes added",
    grain="one row per landed change of the last 365 days that changed a source or test file",
    key=("repository", "change_id"),
    origin="analysis",
    event="landed_at",
    columns=(
        REPOSITORY,
        Column("change_id", "varchar", "The landed change.", required=True),
        Column("landed_at", "timestamptz", "When it landed.", required=True),
        Column("actor_kind", "varchar", "person, bot, ai_assisted or ai_autonomous."),
        Column("is_settled", "boolean", "True once its lines have had their 21 days before the horizon.", required=True),
        Column("added_lines", "bigint", "Lines of source and test files that it added and did not take away itself.", required=True),
        Column("reworked_lines", "bigint", "Those of them that were changed or deleted again within 21 days.", required=True),
        Column("by_same_author", "bigint", "Of the reworked lines, those reworked by a change of the same main author.", required=True),
        Column("by_other_author", "bigint", "Of the reworked lines, those reworked by a change of another main author.", required=True),
        Column("by_fix", "bigint", "Of the reworked lines, those reworked by a change that says it fixes a defect.", required=True),
        Column("by_revert", "bigint", "Of the reworked lines, those taken away by a revert.", required=True),
        Column("lost_lines", "bigint", "Added lines out of sight before their 21 days were over, and in none of the other counts.", required=True),
        Column("files", "bigint", "Source and test files that it changed.", required=True),
        Column("unread_files", "bigint", "Those of them whose changed lines are not known.", required=True),
    ),
)  # fmt: skip

REWORKED_LINES = Table(
    name="reworked_lines",
    title="Lines that were changed or deleted again within 21 days",
    grain="one row per landed change, landed change that took its lines away, and path",
    key=("repository", "change_id", "by_change_id", "path"),
    origin="analysis",
    event="reworked_at",
    columns=(
        REPOSITORY,
        Column("change_id", "varchar", "The landed change that added the lines.", required=True),
        Column("by_change_id", "varchar", "The landed change that changed or deleted them.", required=True),
        Column("path", "varchar", "Where they were when they went.", required=True),
        Column("lines", "bigint", "How many.", required=True),
        Column("reworked_at", "timestamptz", "When the later change landed.", required=True),
        Column("days", "double", "Days between the two landings.", required=True),
        Column("is_same_author", "boolean", "True where both changes have one main author; null where one is not known."),
        Column("is_fix", "boolean", "True where the later change says that it fixes a defect.", required=True),
        Column("is_revert", "boolean", "True where the later change is a revert.", required=True),
    ),
)  # fmt: skip

REWORK_TABLES = (CHANGE_REWORK, REWORKED_LINES)
