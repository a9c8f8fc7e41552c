"""Carry typed rows to DuckDB as lines of JSON arrays.

JSON is the one text form that DuckDB reads back exactly, whatever a repository put into a
name or a message (decision 0001). Nothing here opens a database.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO

import orjson

from trueline.model.table import Column, Row, Table


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, set | frozenset):
        return sorted(value)  # the same rows are always the same bytes
    raise TypeError(f"{type(value).__name__} cannot be a value of a table")


_encode_any = json.JSONEncoder(separators=(",", ":"), default=_plain, ensure_ascii=False, check_circular=False).encode


def _encode(row: Row) -> bytes:
    """Return a row as one line of JSON, without its end."""
    try:
        return orjson.dumps(
            row, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME
        )  # it would cut seconds of zones
    except orjson.JSONEncodeError:  # lone surrogates and integers beyond 64 bits
        return _encode_any(row).encode("utf-8", "trueline.visible")


def _visible(error: UnicodeError) -> tuple[str, int]:
    """Spell out a lone surrogate, which stands for a byte that is no text, as JSON of a backslash and its number."""
    assert isinstance(error, UnicodeEncodeError)
    return "".join(f"\\\\u{ord(char):04x}" for char in error.object[error.start : error.end]), error.end


codecs.register_error("trueline.visible", _visible)


PART_BYTES = 1 << 20
"""DuckDB keeps as much of a file in memory as its buffer holds, 32 MB; of short files that is little."""

_ENCODED_AT_ONCE = 250
"""An encoded row takes some 4 KB, however short it is, until it is written."""


class JsonLines:
    """Rows of one table, written as they come to files of about a megabyte; knows their number and digest."""

    def __init__(self, table: Table, path: Path) -> None:
        self.table = table
        self.paths = [path]
        """The files in the order of their rows; the further ones stand beside the first."""
        self.rows = 0
        self.longest = 0
        """Bytes of the longest row, or a little more."""
        self._digest = hashlib.sha256(f"{table.name}/{table.schema_version}\n".encode())
        self._file: IO[bytes] = path.open("wb")
        self._bytes = 0

    def write(self, rows: Iterable[Row]) -> None:
        """Append rows whose values stand in the order of the table's columns."""
        following = iter(rows)
        while lines := [_encode(row) for row in islice(following, _ENCODED_AT_ONCE)]:
            content = b"\n".join(lines) + b"\n"
            if self._bytes >= PART_BYTES:
                self._next_file()
            self._file.write(content)
            self._bytes += len(content)
            self._digest.update(content)
            self.longest = max(self.longest, max(map(len, lines)) + 1)
            self.rows += len(lines)

    @property
    def digest(self) -> str:
        """Return the digest of the rows so far."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Finish the last file."""
        self._file.close()

    def _next_file(self) -> None:
        self._file.close()
        self.paths.append(self.paths[0].with_name(f"{self.paths[0].name}.{len(self.paths)}"))
        self._file, self._bytes = self.paths[-1].open("wb"), 0


def select_rows(lines: JsonLines) -> str:
    """Return the select that reads such files as typed rows."""
    table = lines.table
    columns = ",\n  ".join(_typed(column, position) for position, column in enumerate(table.columns, 1))
    # All texts of a row at once: one path at a time, DuckDB parses the row anew for each column.
    paths = ", ".join(f"'$[{position}]'" for position in range(len(table.columns)))
    # DuckDB reads into buffers of twice that size, so it is no larger than it must be.
    largest = max(16_000_000, lines.longest + 1)
    files = ", ".join(text_literal(str(path)) for path in lines.paths)
    return (
        f"select {columns}\nfrom (select json_extract_string(json, [{paths}]) as texts from read_json_objects("
        f"[{files}], format='newline_delimited', maximum_object_size={largest}))"
    )


def _typed(column: Column, position: int) -> str:
    text, name = f"texts[{position}]", quoted(column.name)
    if column.type == "varchar":
        return f"{text} as {name}"
    if column.type == "blob":
        return f"unhex({text}) as {name}"
    if column.type.endswith("[]") or column.type.startswith("struct"):
        return f"{text}::json::{column.type} as {name}"
    return f"{text}::{column.type} as {name}"


def quoted(name: str) -> str:
    """Quote an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def text_literal(text: str) -> str:
    """Quote an SQL string."""
    return "'" + text.replace("'", "''") + "'"
