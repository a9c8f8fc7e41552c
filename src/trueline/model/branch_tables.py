"""The tables of what open branches make of files that state or carry requirements."""

from __future__ import annotations

from dataclasses import replace

from .requirement_tables import PARSED_REQUIREMENT_TABLES
from .table import REPOSITORY, Column, Table
from .tree_tables import PATH, at_paths

BRANCH_FILES = Table(
    name="branch_files",
    title="Files with requirements or tags that open branches change",
    grain="one row per branch and file, for branches whose `ahead` is known",
    key=("repository", "branch", "path"),
    origin="evidence",
    columns=(
        REPOSITORY,
        Column("branch", "varchar", "Name of the branch.", required=True),
        PATH,
        Column("base_blob_id", "varchar", "Its content where the branch began; null where it was not."),
        Column("blob_id", "varchar", "Its content at the end of the branch; null where it is no more."),
    ),
)

_ITEMS = next(table for table in PARSED_REQUIREMENT_TABLES if table.name == "requirement_items")

STORED_AS = _ITEMS.name
"""Where the rows of contents are stored, by which `BRANCH_ITEMS` is filled."""

BRANCH_ITEMS = replace(
    at_paths(_ITEMS),
    name="branch_items",
    title="Requirements and tags in those contents",
    grain="one row per content and item as written",
    key=("repository", "path", "blob_id", "importer", "number"),
    origin="evidence",
)

BRANCH_TABLES: tuple[Table, ...] = (BRANCH_FILES, BRANCH_ITEMS)
