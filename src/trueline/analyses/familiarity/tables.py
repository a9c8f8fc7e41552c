"""The tables that the analysis of familiarity fills."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table

RECENT_FILE_CHANGES = Table(
    name="recent_file_changes",
    title="Recent work on each source and test file, under whatever name it had then",
    grain="one row per file of the tree and commit by a person that changed it and landed in the 540 days before the horizon",
    key=("repository", "path", "commit_id"),
    origin="analysis",
    columns=(
        REPOSITORY,
        Column("path", "varchar", "Display path of the file in the tree.", required=True),
        Column("commit_id", "varchar", "The commit; one that only moved the file is left out.", required=True),
        Column("change_id", "varchar", "The landed change that brought it.", required=True),
        Column("person_key", "varchar", "Pseudonym of the person who wrote it.", required=True, privacy="people"),
        Column("age_days", "bigint", "Whole days from its landing to the horizon: as_of, or the last fetch if that is earlier.", required=True),
        Column("weight", "double", "What it counts today: 2^(-age_days / 180).", required=True),
    ),
)  # fmt: skip

AREA_FAMILIARITY = Table(
    name="area_familiarity",
    title="Who is familiar with each area today, and how much of it was written by people now silent",
    grain="one row per area, and one per repository with a null area",
    key=("repository", "area"),
    origin="analysis",
    columns=(
        REPOSITORY,
        Column("area", "varchar", "Directory of the area; null for the whole repository."),
        Column("files", "bigint", "Source and test files in it.", required=True),
        Column("files_changed", "bigint", "Those that a person changed in the window; nobody is familiar with the others.", required=True),
        Column("people", "bigint", "Persons who changed any of them in the window.", required=True),
        Column("depends_on", "bigint", "People to lose, those most familiar with most of the changed files first, until more than half of these lose all who know them best; null where none changed."),
        Column("first_share", "double", "Share of the changed files that the most frequent of these people knows best."),
        Column("silent_share", "double", "Share of all files whose authors by degree of authorship, one or more, are all silent; null where no file has an author."),
        Column("silent_after_days", "bigint", "Silent is who wrote, co-wrote or committed nothing that landed in so many days before the horizon.", required=True),
        Column("changes_180d", "bigint", "Commits by persons, counted for each file, that landed in the 180 days before the horizon.", required=True),
        Column("algorithm", "varchar", "How familiarity was computed.", required=True),
        Column("window", "varchar", "The part of history that familiarity looks at.", required=True),
        Column("as_of", "date", "The day that the figure is for.", required=True),
    ),
)  # fmt: skip

FILE_KNOWERS = Table(
    name="file_knowers",
    title="Who knows each recently changed file best",
    grain="one row per file of the tree and person who is familiar with it as nobody else, or as much as those who are",
    key=("repository", "path", "person_key"),
    origin="analysis",
    columns=(
        REPOSITORY,
        Column("path", "varchar", "Display path of a file that a person changed in the window.", required=True),
        Column("person_key", "varchar", "Pseudonym of the person.", required=True, privacy="people"),
        Column("last_landed_days", "bigint", "Whole days from the newest of their changes to any source or test file that landed, to the horizon.", required=True, privacy="people"),
    ),
)  # fmt: skip

FAMILIARITY_TABLES = (RECENT_FILE_CHANGES, AREA_FAMILIARITY, FILE_KNOWERS)
