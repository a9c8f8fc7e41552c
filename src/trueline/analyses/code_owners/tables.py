"""The tables that the analysis of declared code owners writes."""

from __future__ import annotations

from trueline.model.table import Column, Table
from trueline.model.tree_tables import LINE, PATH, REPOSITORY

PATH_OWNERS = Table(
    name="path_owners",
    title="Declared owners of every file",
    grain="one row per file, link or submodule of the tree",
    key=("repository", "path"),
    origin="analysis",
    basis="declared",
    columns=(
        REPOSITORY,
        PATH,
        Column(
            "owners",
            "varchar[]",
            "Teams as written, `a person` or `an address` for others; empty where none is declared.",
            required=True,
        ),
        Column("codeowners_path", "varchar", "The CODEOWNERS file; null where the repository has none."),
        Column("line", "bigint", "The line that decides: the last that matches. Null where no line matches."),
    ),
)

CODEOWNERS_USAGE = Table(
    name="codeowners_usage",
    title="What each line of CODEOWNERS does",
    grain="one row per line of the CODEOWNERS file that counts",
    key=("repository", "path", "line"),
    origin="analysis",
    basis="declared",
    columns=(
        REPOSITORY,
        PATH,
        LINE,
        Column("pattern", "varchar", "The pattern as written."),
        Column(
            "owners",
            "varchar[]",
            "Teams as written, `a person` or `an address` for others; empty where the line clears ownership.",
            required=True,
        ),
        Column(
            "matched_files",
            "bigint",
            "Files that the pattern matches; 0 where the forge skips the line.",
            required=True,
        ),
        Column("effective_files", "bigint", "Files for which no later line matches.", required=True),
        Column("shadowed_by_line", "bigint", "The later line that takes most of its files; null unless all are taken."),
        Column("problem", "varchar", "Why the forge skips this line; null where it does not."),
        Column("owner_kinds", "varchar[]", "For each owner: team, person, email or invalid.", required=True),
    ),
)
