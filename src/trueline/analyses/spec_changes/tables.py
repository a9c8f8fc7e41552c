"""The tables that analysis `spec_changes` writes."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table

_PLACE = (
    REPOSITORY,
    Column("path", "varchar", "The document, by its path after the change.", required=True),
    Column("change_id", "varchar", "The landed change; the commit where that is not known.", required=True),
    Column("changed_at", "timestamptz", "When its last commit was committed.", required=True),
    Column("class_id", "varchar", "Class of the document today; null where it is gone or has none."),
)

DOCUMENT_REVISIONS = Table(
    name="document_revisions",
    title="Landed changes of governed documents",
    grain="one row per document and landed change that touched it",
    key=("repository", "path", "change_id"),
    origin="analysis",
    event="changed_at",
    columns=(
        *_PLACE,
        Column(
            "kind", "varchar", "created, normative, text, header (nothing below the header) or deleted.", required=True
        ),
        Column("version_before", "varchar", "Its version as written; null where it had none."),
        Column("version_after", "varchar", "After the change."),
        Column("is_raised", "boolean", "True where the version is another one after it.", required=True),
        Column("state_before", "varchar", "Its state as written, in lower case."),
        Column("state_after", "varchar", "After the change."),
        Column("sections_changed", "bigint", "Sections whose text is another one.", required=True),
        Column("normative_sections", "bigint", "Those of them that demand something else.", required=True),
    ),
)

SPEC_CHANGES = Table(
    name="spec_changes",
    title="Changes of sections of governed documents",
    grain="one row per section and landed change that touched its text",
    key=("repository", "path", "change_id", "anchor"),
    origin="analysis",
    event="changed_at",
    columns=(
        *_PLACE,
        Column("anchor", "varchar", "The section; empty above the first heading.", required=True),
        Column("heading", "varchar", "Its heading.", required=True),
        Column("line", "bigint", "Its line after the change; before it, where the section is gone."),
        Column("kind", "varchar", "added, removed, normative or text.", required=True),
        Column("lost", "varchar[]", "Demands that it no longer has, at most twenty.", required=True),
        Column("gained", "varchar[]", "Demands that are new, at most twenty.", required=True),
    ),
)
