"""The line tables: what the second tier of git evidence yields, keyed by contents and not by commits.

How two contents differ never changes, so a row holds for every commit, branch and repository in
which the pair occurs. Contents are blobs; for a submodule, the commit that it points to. `deleted` is
a name of the lake's own, so the counts are named after what they count.
"""

from __future__ import annotations

from .table import Column, Table

_PAIR = (
    Column("old_blob_id", "varchar", "Content before; null where there was none."),
    Column("new_blob_id", "varchar", "Content after; null where there is none."),
)

BLOB_LINES = Table(
    name="blob_lines",
    title="Lines added and deleted between two contents",
    grain="one row per pair of contents that some commit turned one into the other",
    key=("old_blob_id", "new_blob_id"),
    origin="evidence",
    columns=(
        *_PAIR,
        Column("added_lines", "bigint", "Lines added; null where a content is binary."),
        Column("deleted_lines", "bigint", "Lines deleted; null where a content is binary."),
        Column("is_binary", "boolean", "True where git takes one of them for binary.", required=True),
        Column("hunks", "bigint", "Rows in blob_hunks; null where hunks were not looked for, as in old changes."),
        Column("pins", "varchar", "The settings that lines are counted under.", required=True),
    ),
)

BLOB_HUNKS = Table(
    name="blob_hunks",
    title="Ranges of lines that differ between two contents",
    grain="one row per pair of contents and hunk",
    key=("old_blob_id", "new_blob_id", "hunk"),
    origin="evidence",
    columns=(
        *_PAIR,
        Column("hunk", "bigint", "Position among the hunks of the pair, from 1.", required=True),
        Column(
            "old_start",
            "bigint",
            "First line taken away; where none is, the line that the new ones follow.",
            required=True,
        ),
        Column("old_count", "bigint", "How many lines were taken away.", required=True),
        Column(
            "new_start",
            "bigint",
            "First new line; where there is none, the line that the old ones followed.",
            required=True,
        ),
        Column("new_count", "bigint", "How many lines are new.", required=True),
    ),
)

LINE_TABLES: tuple[Table, ...] = (BLOB_LINES, BLOB_HUNKS)
