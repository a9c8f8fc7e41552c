"""The table that the analysis of pace fills: aggregates only."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table

TEAM_PACE = Table(
    name="team_pace",
    title="When changes are written, by quarter and team",
    grain="one row per repository and ended quarter of five persons or more, and one per team that may be shown in it",
    key=("repository", "team", "quarter"),
    origin="analysis",
    columns=(
        REPOSITORY,
        Column("team", "varchar", "The team that CODEOWNERS names for most files of the change; null for the whole repository."),
        Column("quarter", "date", "First day of the quarter in which the changes landed, in UTC.", required=True),
        Column("people", "bigint", "Persons who wrote those whose clock is known; five or more, and so are all whom the shown rows leave out.", required=True),
        Column("changes", "bigint", "Commits by persons that landed, merges left out.", required=True),
        Column("changes_timed", "bigint", "Those whose author's clock is known.", required=True),
        Column("changes_in_utc", "bigint", "Those whose clock showed UTC itself: there it may be a tool's.", required=True),
        Column("weekend_changes", "bigint", "Those written on a Saturday or Sunday by that clock.", required=True),
        Column("late_changes", "bigint", "Those written from 22:00 to 06:00 by that clock.", required=True),
    ),
)  # fmt: skip
