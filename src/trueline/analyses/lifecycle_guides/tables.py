"""The tables that analysis `lifecycle_guides` writes."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table

LIFECYCLE_GUIDES = Table(
    name="lifecycle_guides",
    title="Documents that say which states documents go through",
    grain="one row per document that names three usual states or more and says what they mean or how they follow",
    key=("repository", "path"),
    origin="analysis",
    columns=(
        REPOSITORY,
        Column("path", "varchar", "Display path of the file.", required=True),
        Column("states", "varchar[]", "The states that it names, as it writes them.", required=True),
        Column("transitions", "varchar[]", "The changes of state that it shows, as `Draft > Review`.", required=True),
    ),
)

GUIDE_CONTRADICTIONS = Table(
    name="guide_contradictions",
    title="Where a lifecycle guide says two things",
    grain="one row per contradiction",
    key=("repository", "path", "says"),
    origin="analysis",
    columns=(
        REPOSITORY,
        Column("path", "varchar", "The guide.", required=True),
        Column("line", "bigint", "Where the second of both stands.", required=True),
        Column("says", "varchar", "What it says, as the end of a sentence about it.", required=True),
    ),
)
