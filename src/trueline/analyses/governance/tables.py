"""The tables that analysis `governance` writes."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table

DOCUMENT_CLASSES = Table(
    name="document_classes",
    title="Classes of documents that count",
    grain="one row per class: the declared ones, or the usual ones where none is declared",
    key=("class_id",),
    origin="analysis",
    columns=(
        Column("class_id", "varchar", "Id of the class.", required=True),
        Column("title", "varchar", "What people call such a document."),
        Column("is_declared", "boolean", "False for the usual classes, which nobody here decided.", required=True),
        Column("paths", "varchar[]", "Where its documents lie.", required=True),
        Column("name_pattern", "varchar", "Regular expression for the name of the file; null where any will do."),
        Column("required_fields", "varchar[]", "Header fields that each must fill.", required=True),
        Column("states", "varchar[]", "States it may stand in; empty where that is not said.", required=True),
        Column("canonical_states", "varchar[]", "States in which it prevails.", required=True),
        Column("final_states", "varchar[]", "States in which it no longer counts.", required=True),
        Column("fixed_states", "varchar[]", "States in which its content may not change any more.", required=True),
        Column("transitions", "varchar[]", "Allowed changes of state, as `draft > review`.", required=True),
        Column("version_form", "varchar", "semver, number or date; null where its version is not governed."),
        Column("may_own", "varchar[]", "Roles that may own one.", required=True),
        Column("index_path", "varchar", "The document that lists every one that prevails."),
        Column("precedence", "bigint", "The lower prevails."),
        Column("derived_from", "varchar", "Header field that names what it supports."),
        Column("repository", "varchar", "Repository whose record declares it; null for the usual ones."),
        Column("source_path", "varchar", "The record that declares it."),
        Column("source_line", "bigint", "Line of that record."),
    ),
)

GOVERNED_DOCUMENTS = Table(
    name="governed_documents",
    title="Documents that belong to a class",
    grain="one row per document of a class",
    key=("repository", "path"),
    origin="analysis",
    columns=(
        REPOSITORY,
        Column("path", "varchar", "Display path of the file.", required=True),
        Column("class_id", "varchar", "Id of the class.", required=True),
        Column("is_declared", "boolean", "True where a record declares the class.", required=True),
        Column("is_at_home", "boolean", "False where a header field alone makes it one.", required=True),
        Column("title", "varchar", "Its title."),
        Column("state", "varchar", "Its state in the class's words, lower case; null where it has none of them."),
        Column("state_written", "varchar", "As its header or its status section writes it."),
        Column("state_line", "bigint", "Where."),
        Column("states_claimed", "bigint", "How many different states it claims.", required=True),
        Column("version", "varchar", "Its version as written."),
        Column("version_line", "bigint", "Where."),
        Column("owner", "varchar", "Its owner as written, where that is a role or a team; else `a person`."),
        Column("owner_line", "bigint", "Where."),
        Column("dated_on", "date", "The day that its header names."),
        Column("dated_line", "bigint", "Where."),
        Column("is_canonical", "boolean", "True where its state prevails; null where it has no known state."),
        Column("is_final", "boolean", "True where its state no longer counts; null where it has no known state."),
        Column("is_fixed", "boolean", "True where its content may not change any more."),
    ),
)

ROLE_MENTIONS = Table(
    name="role_mentions",
    title="Roles that headers of governed documents and of records name",
    grain="one row per document, field and role; persons and teams are left out",
    key=("repository", "path", "line", "field", "role"),
    origin="analysis",
    columns=(
        REPOSITORY,
        Column("path", "varchar", "The document.", required=True),
        Column("line", "bigint", "Where its header names the role.", required=True),
        Column("field", "varchar", "Name of the header field.", required=True),
        Column("role", "varchar", "The role in lower case with spaces: `head of specs`.", required=True),
        Column("is_reference", "boolean", "True where it is written `role:<id>`.", required=True),
        Column("is_owner", "boolean", "True where the field names the owner.", required=True),
    ),
)
