"""The tables that the analysis of services fills."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table

SERVICE = Column("service", "varchar", "Id of the service: the record's, the component's name, or of a folder.", required=True)  # fmt: skip
BASIS = Column("basis", "varchar", "declared: a record says so; catalog: Backstage's catalogue does; proposed: only the tree suggests it.", required=True)  # fmt: skip

SERVICE_PATHS = Table(
    name="service_paths",
    title="The patterns that say which paths a service is",
    grain="one row per service, repository of its code, and pattern",
    key=("service", "repository", "position"),
    origin="analysis",
    columns=(
        SERVICE,
        Column("repository", "varchar", "Name of the repository that holds the code.", required=True),
        Column("position", "bigint", "Order among the service's patterns, from 1: a later one prevails.", required=True),
        Column("pattern", "varchar", "A pattern in gitignore's dialect; a `!` in front takes out.", required=True),
        BASIS,
        Column("matched_files", "bigint", "Files of the tree that the pattern matches; null where that repository was not looked at, or where the pattern has a problem."),
        Column("problem", "varchar", "Why the pattern cannot be used; null where it can."),
        Column("source_repository", "varchar", "Name of the repository that says so.", required=True),
        Column("source_path", "varchar", "The record, catalogue file or manifest that says so.", required=True),
        Column("source_line", "bigint", "Its line; null for a manifest."),
    ),
)  # fmt: skip

SERVICE_FILES = Table(
    name="service_files",
    title="The services of each file",
    grain="one row per file of the tree and service that it belongs to",
    key=("repository", "path", "service"),
    origin="analysis",
    columns=(REPOSITORY, Column("path", "varchar", "Display path of the file.", required=True), SERVICE, BASIS),
)

SERVICE_CHANGES = Table(
    name="service_changes",
    title="The services that each landed change touched",
    grain="one row per landed change and service",
    key=("repository", "change_id", "service"),
    origin="analysis",
    event="landed_at",
    columns=(
        REPOSITORY,
        Column("change_id", "varchar", "The landed change.", required=True),
        SERVICE,
        BASIS,
        Column("landed_at", "timestamptz", "When it landed.", required=True),
        Column("paths", "bigint", "Paths that it touched, under their names of then, gone ones included.", required=True),
    ),
)  # fmt: skip

SERVICE_TABLES = (SERVICE_PATHS, SERVICE_FILES, SERVICE_CHANGES)
