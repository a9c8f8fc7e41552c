"""The tree tables: a pure function of one commit's tree (or of a working tree, or a directory).

`DOCUMENT_TABLES` depend on a file's content alone, so they are computed once per blob and
joined to paths when a snapshot is built: their stored form has `blob_id` where the table
that rules see has `repository, path`.
"""

from __future__ import annotations

from dataclasses import replace

from .requirement_tables import PARSED_REQUIREMENT_TABLES
from .table import REPOSITORY, Column, Table
from .test_unit_tables import PARSED_TEST_TABLES

PATH = Column("path", "varchar", "Display path of the file.", required=True)
BLOB = Column("blob_id", "varchar", "Content of the file.", required=True)
LINE = Column("line", "bigint", "1-based line.", required=True)
COL = Column("col", "bigint", "1-based column.", required=True)

FILES = Table(
    name="files",
    title="Files of the tree",
    grain="one row per file, link or submodule",
    key=("repository", "path"),
    origin="tree",
    columns=(
        REPOSITORY,
        PATH,
        Column("blob_id", "varchar", "Computed object id of the content; a commit id for a submodule.", required=True),
        Column("entry", "varchar", "file, link or submodule.", required=True),
        Column("is_executable", "boolean", "True where the mode says so."),
        Column("size_bytes", "bigint", "Size; null where the content is missing."),
    ),
)

CODEOWNERS_LINES = Table(
    name="codeowners_lines",
    title="Lines of the CODEOWNERS file that counts",
    grain="one row per line that is neither blank nor a comment",
    key=("repository", "path", "line"),
    origin="tree",
    basis="declared",
    columns=(
        REPOSITORY,
        PATH,
        LINE,
        Column(
            "pattern", "varchar", "The pattern as written, without the `!` of an exclusion; null for a section head."
        ),
        Column(
            "owners",
            "varchar[]",
            "Teams and roles as written, `a person` or `an address` for others; the section's where the line names none.",
        ),
        Column("problem", "varchar", "Why the forge skips this line; null where it does not."),
        Column(
            "owner_keys",
            "varchar[]",
            "For each owner: pseudonym of the login or address; null for a team or what names nobody.",
            privacy="people",
        ),
        Column("dialect", "varchar", "Whose rules count: github or gitlab."),
        Column("section", "varchar", "The section, as its first head writes it; null outside all sections."),
        Column("kind", "varchar", "entry, exclusion or section: what the line is."),
        Column(
            "approvals", "bigint", "Approvals that a section head asks for, 0 where it is optional; null elsewhere."
        ),
        Column("ignored_owners", "bigint", "Words that name no owner and are ignored, where the forge keeps the line."),
        Column(
            "has_comment",
            "boolean",
            "True where a comment stands on the line, just above it, or above its run of lines without owners.",
        ),
    ),
)

_DOCUMENT_TABLES = (
    Table(
        name="documents",
        title="Markdown documents",
        grain="one row per Markdown file",
        key=("repository", "path"),
        origin="tree",
        columns=(
            BLOB,
            Column("title", "varchar", "First heading, or the title field of the header."),
            Column("header_form", "varchar", "front_matter, header_block, both or none."),
            Column("lines", "bigint", "Number of lines.", required=True),
            Column("words", "bigint", "Words of prose, code left out.", required=True),
            Column("problem", "varchar", "Why it could not be read whole; null where it could."),
        ),
    ),
    Table(
        name="document_fields",
        title="Fields of document headers",
        grain="one row per field of a header, front matter or header block alike",
        key=("repository", "path", "field", "line"),
        origin="tree",
        basis="declared",
        columns=(
            BLOB,
            LINE,
            COL,
            Column("field", "varchar", "Name in lower case with underscores.", required=True),
            Column("value", "varchar", "Text of the value; lists are joined by a comma and a space."),
            Column("form", "varchar", "front_matter or header_block.", required=True),
        ),
    ),
    Table(
        name="sections",
        title="Sections of documents",
        grain="one row per heading",
        key=("repository", "path", "line"),
        origin="tree",
        columns=(
            BLOB,
            LINE,
            Column(
                "end_line", "bigint", "Last line before the next heading of the same or a higher level.", required=True
            ),
            Column("level", "bigint", "1 to 6.", required=True),
            Column("heading", "varchar", "Text of the heading.", required=True),
            Column(
                "anchor",
                "varchar",
                "The anchor by which a link reaches it (GitHub's slug, made unique).",
                required=True,
            ),
            Column("words", "bigint", "Words of its own prose.", required=True),
            Column(
                "other_anchors",
                "varchar[]",
                "Further anchors that the author wrote: `{#x}`, or `id` and `name` of HTML elements.",
            ),
        ),
    ),
    Table(
        name="links",
        title="Links and images in documents",
        grain="one row per link as written",
        key=("repository", "path", "line", "col"),
        origin="tree",
        columns=(
            BLOB,
            LINE,
            COL,
            Column("kind", "varchar", "link or image.", required=True),
            Column("target", "varchar", "The target as written, percent-decoded.", required=True),
            Column("text", "varchar", "What the reader sees."),
            Column("is_planned", "boolean", "True where the text around it says that the target is still to come."),
        ),
    ),
    Table(
        name="named_paths",
        title="File paths that the text of a document names",
        grain="one row per mention",
        key=("repository", "path", "line", "col"),
        origin="tree",
        columns=(
            BLOB,
            LINE,
            COL,
            Column("name", "varchar", "The path as written, without line suffix.", required=True),
            Column("is_planned", "boolean", "True where the text around it says that the target is still to come."),
        ),
    ),
    Table(
        name="passages",
        title="Paragraphs and list items of documents",
        grain="one row per paragraph or list item",
        key=("repository", "path", "line", "col"),
        origin="tree",
        columns=(
            BLOB,
            LINE,
            COL,
            Column("end_line", "bigint", "Last line.", required=True),
            Column("kind", "varchar", "paragraph or item.", required=True),
            Column("section_line", "bigint", "Line of the heading above it; null above the first."),
            Column("lead", "varchar", "The bold words that it begins with, without a colon; null where it has none."),
            Column("text", "varchar", "What the reader sees, at most 2,000 characters.", required=True),
        ),
    ),
    Table(
        name="document_cells",
        title="Cells of tables in documents",
        grain="one row per cell of a body row",
        key=("repository", "path", "line", "column_number"),
        origin="tree",
        columns=(
            BLOB,
            LINE,
            Column("table_line", "bigint", "Line of the table's head.", required=True),
            Column("column_number", "bigint", "1-based.", required=True),
            Column("column_name", "varchar", "Text of the head; null where the row is longer than the head."),
            Column("value", "varchar", "Text of the cell."),
        ),
    ),
    Table(
        name="code_blocks",
        title="Code blocks in documents",
        grain="one row per fenced or indented block",
        key=("repository", "path", "line"),
        origin="tree",
        columns=(
            BLOB,
            LINE,
            Column("end_line", "bigint", "Last line.", required=True),
            Column("language", "varchar", "First word of the info string; null where there is none."),
            Column("text", "varchar", "The code, at most 20,000 characters."),
        ),
    ),
    Table(
        name="ragged_rows",
        title="Rows of tables in documents that do not fit their head",
        grain="one row per row with more or fewer cells than its head",
        key=("repository", "path", "line"),
        origin="tree",
        columns=(
            BLOB,
            LINE,
            Column("table_line", "bigint", "Line of the table's head.", required=True),
            Column("cells", "bigint", "Cells that it has.", required=True),
            Column("head_cells", "bigint", "Cells of the head.", required=True),
            Column(
                "is_read",
                "boolean",
                "False for the dashes below a head that they do not fit: then all of it is text, and no table.",
                required=True,
            ),
        ),
    ),
    Table(
        name="term_links",
        title="Terms that documents name in double brackets",
        grain="one row per `[[term]]`, code left out",
        key=("repository", "path", "line", "col"),
        origin="tree",
        columns=(
            BLOB,
            LINE,
            COL,
            Column(
                "term",
                "varchar",
                "The term as written; what stands before a `|` or a `#` in the brackets.",
                required=True,
            ),
        ),
    ),
)

PARSED_DOCUMENT_TABLES: tuple[Table, ...] = _DOCUMENT_TABLES
"""As stored in the cache: keyed by `blob_id`, without repository and path."""


def at_paths(table: Table) -> Table:
    """Return the table as rules see it: repository and path in front, then the stored columns."""
    return replace(table, columns=(REPOSITORY, PATH, *table.columns))


DOCUMENT_TABLES: tuple[Table, ...] = tuple(at_paths(table) for table in _DOCUMENT_TABLES)

RECORD_FILES = Table(
    name="record_files",
    title="Files that are records, good or bad",
    grain="one row per file",
    key=("repository", "path"),
    origin="tree",
    columns=(
        REPOSITORY,
        PATH,
        Column("kind", "varchar", "Kind of its first record; null where none is known."),
        Column("is_read", "boolean", "False where something is wrong in it.", required=True),
    ),
)

RECORD_PROBLEMS = Table(
    name="record_problems",
    title="What is wrong in records",
    grain="one row per problem",
    key=("repository", "path", "line", "col", "message"),
    origin="tree",
    columns=(
        REPOSITORY,
        PATH,
        LINE,
        COL,
        Column("message", "varchar", "What is wrong.", required=True),
        Column("fix", "varchar", "How to mend it."),
    ),
)

CATALOG_COMPONENTS = Table(
    name="catalog_components",
    title="Components of the catalogue that a tree keeps for Backstage",
    grain="one row per component",
    key=("repository", "component"),
    origin="tree",
    basis="declared",
    columns=(
        REPOSITORY,
        PATH,
        LINE,
        Column("component", "varchar", "Its name.", required=True),
        Column("title", "varchar", "What people call it; null where it has no title."),
        Column("type", "varchar", "Its type, such as service, website or library."),
        Column("lifecycle", "varchar", "Its lifecycle, as written."),
        Column("owner", "varchar", "The group that owns it, as written, or `a person`."),
        Column("folder", "varchar", "The folder of the catalogue file; empty for the root.", required=True),
        Column("code_repository", "varchar", "owner/name in lower case, where its source location names a repository."),
        Column("code_path", "varchar", "The folder that its source location names; null where it names none."),
    ),
)

CATALOG_PROBLEMS = Table(
    name="catalog_problems",
    title="What is wrong in catalogue files",
    grain="one row per problem",
    key=("repository", "path", "line", "col", "message"),
    origin="tree",
    columns=(
        REPOSITORY,
        PATH,
        LINE,
        COL,
        Column("message", "varchar", "What is wrong.", required=True),
        Column("fix", "varchar", "How to mend it."),
    ),
)

TREE_TABLES: tuple[Table, ...] = (
    FILES,
    CODEOWNERS_LINES,
    *DOCUMENT_TABLES,
    *(at_paths(table) for table in PARSED_REQUIREMENT_TABLES),
    *(at_paths(table) for table in PARSED_TEST_TABLES),
    RECORD_FILES,
    RECORD_PROBLEMS,
    CATALOG_COMPONENTS,
    CATALOG_PROBLEMS,
)
