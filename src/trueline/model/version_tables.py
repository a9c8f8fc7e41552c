"""The tables of earlier versions of governed documents: one set of rows per content that a path ever had."""

from __future__ import annotations

from .table import Column, Table
from .tree_tables import BLOB, LINE, at_paths

PARSED_VERSION_TABLES = (
    Table(
        name="document_versions",
        title="Contents that governed documents ever had",
        grain="one row per path and content",
        key=("repository", "path", "blob_id"),
        origin="evidence",
        columns=(
            BLOB,
            Column("title", "varchar", "First heading, or the title field of the header."),
            Column("problem", "varchar", "Why it could not be read whole; null where it could."),
        ),
    ),
    Table(
        name="version_fields",
        title="Header fields of those contents",
        grain="one row per path, content and field",
        key=("repository", "path", "blob_id", "field", "line"),
        origin="evidence",
        basis="declared",
        columns=(
            BLOB,
            LINE,
            Column("field", "varchar", "Name in lower case with underscores.", required=True),
            Column("value", "varchar", "Text of the value."),
        ),
    ),
    Table(
        name="version_sections",
        title="Sections of those contents, with what each demands",
        grain="one row per path, content and heading; one more for what stands above the first",
        key=("repository", "path", "blob_id", "line"),
        origin="evidence",
        columns=(
            BLOB,
            LINE,
            Column("anchor", "varchar", "The anchor of the heading; empty above the first.", required=True),
            Column("heading", "varchar", "Text of the heading; empty above the first.", required=True),
            Column("text_digest", "varchar", "Digest of its own text, white space folded.", required=True),
            Column("demands", "varchar[]", "What its own text demands, in order.", required=True),
        ),
    ),
)

VERSION_TABLES: tuple[Table, ...] = tuple(at_paths(table) for table in PARSED_VERSION_TABLES)
