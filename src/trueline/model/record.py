"""Record kinds: what a document or YAML file kept in git may say.

`records.yaml` of a practice is the single declaration of a kind; the table, the JSON Schema,
the validation and the reference page all come from the classes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .table import Column, Privacy, Table

FieldType = Literal["text", "integer", "decimal", "boolean", "date", "instant", "list"]

SQL_TYPES: dict[str, str] = {
    "text": "varchar",
    "integer": "bigint",
    "decimal": "decimal(18,4)",
    "boolean": "boolean",
    "date": "date",
    "instant": "timestamptz",
    "list": "varchar[]",
}


@dataclass(frozen=True)
class Field:
    """One field of a record kind."""

    name: str
    type: FieldType
    doc: str
    required: bool = False
    enum: tuple[str, ...] = ()
    """Allowed values; empty where any will do."""
    reference: str | None = None
    """The kind whose id this field (or each item of a list) names."""
    pattern: str | None = None
    privacy: Privacy = "internal"
    pseudonymised: bool = False
    """True where it holds addresses of persons: they enter the table as their pseudonyms."""


@dataclass(frozen=True)
class Kind:
    """A kind of record."""

    name: str
    """Singular, as in `kind: service`."""
    table: str
    """Plural, the table's name."""
    title: str
    fields: tuple[Field, ...]
    location: str = ""
    """Where `trueline new` puts one, with `{id}`; relative to the handbook."""
    practice: str = ""

    @property
    def id_field(self) -> str:
        """Return the name of the id column: `service_id` for kind `service`."""
        return f"{self.name}_id"

    def as_table(self) -> Table:
        """Return the table of this kind: repository, id, its fields, then where each row is written."""
        columns = (
            Column("repository", "varchar", "Name of the repository.", required=True),
            Column(self.id_field, "varchar", f"Id of the {self.title.lower()}.", required=True),
            *(Column(f.name, SQL_TYPES[f.type], f.doc, f.required, f.privacy) for f in self.fields),
            Column("former_ids", "varchar[]", "Ids that it had before."),
            Column("source_path", "varchar", "File that says so.", required=True),
            Column("source_line", "bigint", "Line where the record starts.", required=True),
        )
        return Table(
            name=self.table,
            title=self.title,
            columns=columns,
            key=("repository", self.id_field),
            origin="record",
            basis="declared",
            grain=f"one row per {self.name}",
        )
