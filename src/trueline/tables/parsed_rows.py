"""Tree tables that are stored once per content, and how they are joined to the paths where it lies.

Which file holds which content is given; nothing here parses, or knows a cache.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trueline.model.table import Column, Row, Status, Table

from .engine import Database, ddl
from .json_lines import quoted, text_literal


@dataclass(frozen=True)
class ParsedRows:
    """Tree tables whose rows are stored per content: joined to the paths where that content lies."""

    tables: tuple[Table, ...]
    """As rules see them: repository, path and blob_id first."""
    files: Mapping[str, tuple[Path, ...]]
    """Where the rows of each table are stored, by its name; `blob_id` there is the key."""
    paths: Sequence[Row]
    """repository, path, blob id and key of every file that was parsed."""
    status: Status
    """Of all its tables."""


PARSED_PATHS = Table(
    "parsed_paths",
    "Files that a parser reads",
    (*(Column(name, "varchar", "") for name in ("repository", "path", "blob_id", "key")),),
    ("repository", "path"),
    "tree",
)


def load_parsed(database: Database, parsed: ParsedRows) -> list[Status]:
    """Make the tables of one parser, and return how they stand."""
    database.execute(ddl(PARSED_PATHS))
    database.append(PARSED_PATHS, parsed.paths)
    for table in parsed.tables:
        database.execute(ddl(table))
        if stored := parsed.files[table.name]:
            files = ", ".join(text_literal(str(file)) for file in stored)
            columns = "".join(f", p.{quoted(name)}" for name in table.column_names[3:])
            database.execute(
                f"insert into {quoted(table.name)} select d.repository, d.path, d.blob_id{columns} from parsed_paths as d"
                f" join read_parquet([{files}], union_by_name=true) as p on p.blob_id = d.key"
            )
    database.execute("drop table parsed_paths")
    return [Status(table.name, parsed.status.state, parsed.status.reason) for table in parsed.tables]
