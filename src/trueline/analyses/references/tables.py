"""The tables that the analysis of references writes."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table
from trueline.model.tree_tables import COL, LINE, PATH

DOCUMENT_REFERENCES = Table(
    name="document_references",
    title="What documents refer to, and whether it is there",
    grain="one row per link, image, anchor or named path as written",
    key=("repository", "path", "line", "col", "kind"),
    origin="analysis",
    columns=(
        REPOSITORY,
        PATH,
        LINE,
        COL,
        Column("kind", "varchar", "link, image, anchor (in the same document) or named_path.", required=True),
        Column("target", "varchar", "The target as written.", required=True),
        Column("target_path", "varchar", "Display path inside the repository; null where it leads elsewhere."),
        Column("target_anchor", "varchar", "The part after the hash sign; null where there is none."),
        Column(
            "state",
            "varchar",
            "resolves, broken, planned, external, outside, templated, unknown or ignored.",
            required=True,
        ),
        Column("reason", "varchar", "Why this state; null where it simply resolves or is external."),
        Column("moved_to", "varchar", "Where the target stands now; null unless exactly one file answers."),
        Column(
            "cause", "varchar", "What broken references with one remedy share: the missing folder, file or section."
        ),
    ),
)

DOCUMENT_CODE = Table(
    name="document_code",
    title="Code that documents speak of",
    grain="one row per document and existing code file that it links or names",
    key=("repository", "path", "target_path"),
    origin="analysis",
    columns=(
        REPOSITORY,
        PATH,
        Column("target_path", "varchar", "The code file.", required=True),
        Column("named_times", "bigint", "How often the document links or names it.", required=True),
    ),
)

DOCUMENT_DRIFT = Table(
    name="document_drift",
    title="How far code has moved on since a document that speaks of it",
    grain="one row per document that links or names code, there or gone",
    key=("repository", "path"),
    origin="analysis",
    columns=(
        REPOSITORY,
        PATH,
        Column("code_paths", "bigint", "Existing code files that it links or names.", required=True),
        Column("missing_paths", "bigint", "Files and folders that it links or names and that are gone.", required=True),
        Column("document_changed_at", "timestamptz", "Its last commit with a possible date; null without history."),
        Column("code_changes_since", "bigint", "Commits to those code files since; null without history."),
        Column("code_changed_at", "timestamptz", "Last commit to any of those code files."),
    ),
)
