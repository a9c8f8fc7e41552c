"""The tree tables of requirements: what states one, what carries it, and who cites whom.

One model for every form. A *requirement* is stated once; a *tag* in code or tests cites
requirements; a *document* holds items where the form says so. Stored once per content, keyed by
`blob_id`; verdicts are views over these tables, never columns of them.
"""

from __future__ import annotations

from .table import Column, Table

_BLOB = Column("blob_id", "varchar", "Content of the file.", required=True)
_IMPORTER = Column("importer", "varchar", "The importer that read it.", required=True)
_LINE = Column("line", "bigint", "1-based line.", required=True)
_COL = Column("col", "bigint", "1-based column, counted in characters.", required=True)
_NUMBER = Column("number", "bigint", "Which item of this file and importer it is, 1-based.", required=True)

PARSED_REQUIREMENT_TABLES: tuple[Table, ...] = (
    Table(
        name="requirement_files",
        title="Files that importers of requirements read",
        grain="one row per file and importer, however little it found",
        key=("repository", "path", "importer"),
        origin="tree",
        columns=(
            _BLOB,
            _IMPORTER,
            Column("items", "bigint", "Items that it found.", required=True),
            Column("links", "bigint", "Links that it found.", required=True),
            Column("problems", "bigint", "Problems that it found.", required=True),
        ),
    ),
    Table(
        name="requirement_items",
        title="Requirements, and the tags that carry them",
        grain="one row per item as written",
        key=("repository", "path", "importer", "number"),
        origin="tree",
        basis="declared",
        columns=(
            _BLOB,
            _IMPORTER,
            _NUMBER,
            _LINE,
            Column("end_line", "bigint", "Last line.", required=True),
            _COL,
            Column(
                "nature",
                "varchar",
                "requirement, tag, document, delta (what an open change would make of a requirement) or unread (a form that no"
                " importer reads).",
                required=True,
            ),
            Column("item_id", "varchar", "What links cite; without the revision. Null for a tag that has no id."),
            Column("kind", "varchar", "The form's own word for what it is, such as req, impl or scenario."),
            Column("revision", "varchar", "As written; null where the form or the item has none."),
            Column("title", "varchar", "What people call it."),
            Column("status", "varchar", "As written, in lower case; null where none is."),
            Column("owner", "varchar", "Who answers for it, as written; null where nobody is named."),
            Column("is_normative", "boolean", "False for what only explains.", required=True),
            Column("is_active", "boolean", "False for what is withdrawn, rejected or switched off.", required=True),
            Column("is_derived", "boolean", "True where it says that it needs no parent.", required=True),
            Column("needs", "varchar[]", "Kinds of items that must cover it; null where the form does not say."),
            Column("body_digest", "varchar", "Digest of its text; null for a tag."),
            Column("normative_digest", "varchar", "Digest of what its text demands; null for a tag."),
            Column("fingerprint", "varchar", "What links cite where the form keeps digests with them; null elsewhere."),
            Column("review_fingerprint", "varchar", "What the digest of the last review is compared with."),
            Column("reviewed_digest", "varchar", "The fingerprint that somebody approved, as stored in the item."),
            Column("attributes", "varchar[]", "Further `name=value` that the form's own verdicts look at."),
        ),
    ),
    Table(
        name="requirement_links",
        title="Links between items, and from items to files",
        grain="one row per link as written",
        key=("repository", "path", "importer", "number", "link_number"),
        origin="tree",
        basis="declared",
        columns=(
            _BLOB,
            _IMPORTER,
            _NUMBER,
            Column("link_number", "bigint", "Which link of that item it is, 1-based.", required=True),
            _LINE,
            _COL,
            Column("role", "varchar", "covers, implements, verifies, depends, parent or references.", required=True),
            Column("to_id", "varchar", "The id that it cites; a path where the role is references.", required=True),
            Column("cited_revision", "varchar", "The revision that it cites; null where it cites none."),
            Column("cited_digest", "varchar", "The fingerprint that it cites; null where it cites none."),
        ),
    ),
    Table(
        name="requirement_problems",
        title="What is wrong in files that state or carry requirements",
        grain="one row per problem",
        key=("repository", "path", "importer", "line", "col", "message"),
        origin="tree",
        columns=(
            _BLOB,
            _IMPORTER,
            _LINE,
            _COL,
            Column("message", "varchar", "What is wrong.", required=True),
            Column("fix", "varchar", "How to mend it."),
        ),
    ),
)
"""As stored: `blob_id` first; `tree_tables.at_paths` gives them as rules see them."""
