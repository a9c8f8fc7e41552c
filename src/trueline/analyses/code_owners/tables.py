"""The tables that the analysis of declared code owners writes."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table
from trueline.model.tree_tables import LINE, PATH

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
            "Teams and roles as written, `a person` or `an address` for others, of all sections; empty where none is.",
            required=True,
        ),
        Column("codeowners_path", "varchar", "The CODEOWNERS file; null where the repository has none."),
        Column(
            "line",
            "bigint",
            "The line that decides: the last of `lines` that names an owner, else the last. Null where no line matches.",
        ),
        Column("lines", "bigint[]", "Every line that decides: one for each section in which a line matches."),
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
        Column(
            "pattern", "varchar", "The pattern as written, without the `!` of an exclusion; null for a section head."
        ),
        Column(
            "owners",
            "varchar[]",
            "Teams and roles as written, `a person` or `an address` for others; the section's where the line names none.",
            required=True,
        ),
        Column(
            "matched_files",
            "bigint",
            "Files that the pattern matches; 0 where the forge skips the line.",
            required=True,
        ),
        Column(
            "effective_files",
            "bigint",
            "Files for which the line decides in its section; of an exclusion, those that an entry there matches.",
            required=True,
        ),
        Column(
            "shadowed_by_line",
            "bigint",
            "The line that takes most of its files: a later one, or an exclusion anywhere in its section. "
            "Null unless all are taken.",
        ),
        Column("problem", "varchar", "Why the forge skips this line; null where it does not."),
        Column(
            "owner_kinds",
            "varchar[]",
            "For each owner: person, email, invalid, or team, which a role is too, "
            "and by GitLab's rules every name, since it may be a group's.",
            required=True,
        ),
        Column("dialect", "varchar", "Whose rules count: github or gitlab."),
        Column("section", "varchar", "The section, as its first head writes it; null outside all sections."),
        Column("kind", "varchar", "entry, exclusion or section: what the line is."),
        Column("ignored_owners", "bigint", "Words that name no owner and are ignored, where the forge keeps the line."),
        Column(
            "cleared_files",
            "bigint",
            "Files for which an entry decides and names nobody, though an earlier one of its section names an owner.",
        ),
        Column("cleared_from_line", "bigint", "The earlier line that names the owners of most of these."),
        Column(
            "has_comment",
            "boolean",
            "True where a comment stands on the line, just above it, or above its run of lines without owners.",
        ),
    ),
)
