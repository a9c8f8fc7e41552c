"""The tables that the analysis of knowledge fills."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table

PATH = Column("path", "varchar", "Display path of the file.", required=True)

FILE_AUTHORS = Table(
    name="file_authors",
    title="Degree of authorship of each person in each source and test file",
    grain="one row per file of the tree and person who wrote in it",
    key=("repository", "path", "person_key"),
    origin="analysis",
    columns=(
        REPOSITORY,
        PATH,
        Column("person_key", "varchar", "Pseudonym of the person.", required=True, privacy="people"),
        Column("is_first_author", "boolean", "True where this person created the file, or added it again.", required=True, privacy="people"),
        Column("deliveries", "bigint", "Changes by this person after creation.", required=True, privacy="people"),
        Column("acceptances", "bigint", "Changes by others after creation.", required=True, privacy="people"),
        Column("doa", "double", "Degree of authorship.", required=True, privacy="people"),
        Column("doa_normalised", "double", "Share of the highest degree in the file.", required=True, privacy="people"),
        Column("is_author", "boolean", "True above 0.75 of the highest and from 3.293 on.", required=True, privacy="people"),
    ),
)  # fmt: skip

TRUCK_FACTORS = Table(
    name="truck_factors",
    title="How few people each area rests on",
    grain="one row per area, and one per repository with a null area",
    key=("repository", "area"),
    origin="analysis",
    columns=(
        REPOSITORY,
        Column("area", "varchar", "Directory of the area; null for the whole repository."),
        Column("files", "bigint", "Source and test files in it.", required=True),
        Column("files_with_author", "bigint", "Those that have an author by the degree of authorship.", required=True),
        Column("people", "bigint", "Persons who are an author of at least one of them.", required=True),
        Column("truck_factor", "bigint", "Authors to lose, those of most files first, until more than half of the files have none; 0 where that is so already.", required=True),
        Column("first_share", "double", "Share of the files that have the most frequent author among theirs; null where there is no author."),
        Column("sole_share", "double", "Share of the files that have exactly one author."),
        Column("changes_90d", "bigint", "Changes of its files by persons that landed in the 90 days before the horizon: as_of, or the last fetch if that is earlier.", required=True),
        Column("algorithm", "varchar", "How it was computed, and after whom.", required=True),
        Column("window", "varchar", "The part of history that counts.", required=True),
        Column("as_of", "date", "The day that the figure is for.", required=True),
    ),
)  # fmt: skip

AREAS = Table(
    name="areas",
    title="Areas of each repository",
    grain="one row per directory that is an area",
    key=("repository", "area"),
    origin="analysis",
    columns=(
        REPOSITORY,
        Column("area", "varchar", "Directory.", required=True),
        Column("files", "bigint", "Source and test files in it.", required=True),
    ),
)

PATH_AREAS = Table(
    name="path_areas",
    title="The area of each file",
    grain="one row per source or test file that is in an area",
    key=("repository", "path"),
    origin="analysis",
    columns=(REPOSITORY, PATH, Column("area", "varchar", "Directory of its area.", required=True)),
)

KNOWLEDGE_TABLES = (FILE_AUTHORS, TRUCK_FACTORS, AREAS, PATH_AREAS)
