"""The one door to DuckDB: a database that is being built, and a sealed one that is only read.

A sealed database cannot be written, cannot reach a file, cannot load an extension and cannot
change its settings; which statements may run on it is `statement`'s business.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trueline.model.errors import LakeRefused, QueryRefused
from trueline.model.table import Row, Table

from .json_lines import JsonLines, quoted, select_rows

if TYPE_CHECKING:
    import duckdb

SEALED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "allow_community_extensions": "false",
    "temp_directory": "",
    "memory_limit": "2GB",
    "threads": "2",
}


class Database:
    """One DuckDB connection. Times are UTC whatever the machine's zone."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    @classmethod
    def building(cls, path: Path | None = None, *, spill: Path | None = None) -> Database:
        """Open a database to build, in a file or in memory; what memory cannot hold goes to `spill`."""
        import duckdb

        config: dict[str, str | bool | int | float | list[str]] = {"python_enable_replacements": "false"}
        if path is None:
            # DuckDB's own choice is a folder in the working directory, which is often the repository under judgement.
            config["temp_directory"] = str(spill or "")
        try:
            connection = duckdb.connect(str(path) if path else ":memory:", config=config)
        except duckdb.Error as error:
            raise LakeRefused(f"{path} cannot be opened: {_first_line(error)}") from error
        with _heeding_interrupts():
            connection.execute("set timezone = 'UTC'")
        return cls(connection)

    @classmethod
    def sealed(cls, path: Path) -> Database:
        """Open a finished database so that statements can only read it."""
        import duckdb

        try:
            connection = duckdb.connect(str(path), read_only=True, config=SEALED)
        except duckdb.Error as error:
            raise LakeRefused(f"{path} cannot be opened: {_first_line(error)}") from error
        with _heeding_interrupts():
            connection.execute("set timezone = 'UTC'")
            connection.execute("set lock_configuration = true")
        return cls(connection)

    def execute(self, sql: str, *, seconds: float | None = None) -> None:
        """Run statements of our own making, stopped after so many seconds. Raises LakeRefused."""
        import duckdb

        try:
            with self._interrupted_after(seconds), _heeding_interrupts():
                self._connection.execute(sql)
        except duckdb.InterruptException as error:
            raise LakeRefused(f"it ran for more than {seconds:g} s and was stopped") from error
        except duckdb.Error as error:
            raise LakeRefused(_first_line(error)) from error

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of one select. Raises QueryRefused with DuckDB's own words."""
        return self.table(sql, parameters)[1]

    def table(
        self, sql: str, parameters: Sequence[object] = (), *, seconds: float | None = None, at_most: int | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Return column names and rows of one select, stopped after so many seconds."""
        names, _, rows = self._ask(sql, parameters, seconds, at_most)
        return names, rows

    def typed_table(
        self, sql: str, seconds: float | None, at_most: int | None
    ) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
        """Return column names, DuckDB's type names and rows of one select."""
        return self._ask(sql, (), seconds, at_most)

    def _ask(
        self, sql: str, parameters: Sequence[object], seconds: float | None, at_most: int | None
    ) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
        import duckdb

        try:
            with self._interrupted_after(seconds), _heeding_interrupts():
                cursor = (
                    self._connection.execute(sql, list(parameters)) if parameters else self._connection.execute(sql)
                )
                columns = cursor.description or []
                rows = cursor.fetchall() if at_most is None else cursor.fetchmany(at_most)
        except duckdb.InterruptException as error:
            raise QueryRefused(f"the query ran for more than {seconds:g} s and was stopped") from error
        except duckdb.IOException as error:
            raise LakeRefused(f"a file cannot be read: {_first_line(error)}", fix="Delete that file") from error
        except (duckdb.Error, RuntimeError, ValueError, OverflowError) as error:
            raise QueryRefused(_first_line(error)) from error
        return [column[0] for column in columns], [str(column[1]) for column in columns], rows

    def load(self, table: Table, rows: Iterable[Row]) -> None:
        """Create a table and fill it. Raises QueryRefused where a value does not fit its column."""
        self.execute(ddl(table))
        self.append(table, rows)

    def append(self, table: Table, rows: Iterable[Row]) -> None:
        """Append rows to a table that exists."""
        with tempfile.TemporaryDirectory(prefix="trueline-") as folder:
            lines = JsonLines(table, Path(folder) / "rows.jsonl")
            for chunk in chunks(rows, 5_000):
                lines.write(chunk)
            lines.close()
            if lines.rows:
                self.execute(f"insert into {quoted(table.name)} {select_rows(lines)}")

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _interrupted_after(self, seconds: float | None) -> Iterator[None]:
        if seconds is None:
            yield
            return
        timer = threading.Timer(seconds, self._connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


@contextmanager
def _heeding_interrupts() -> Iterator[None]:
    """Let Ctrl-C be what it is: DuckDB tells it as any failure, which callers may take for an answer."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise


def ddl(table: Table, name: str | None = None) -> str:
    """Return the statement that creates an empty table."""
    columns = ", ".join(f"{quoted(column.name)} {column.type}" for column in table.columns)
    return f"create table {quoted(name or table.name)} ({columns})"


def chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield rows in lists of at most `size`."""
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _first_line(error: Exception) -> str:
    """Return what DuckDB says, without the picture of the statement."""
    text = str(error).strip()
    kept = [line for line in text.splitlines() if line.strip()]
    return kept[0] if kept else type(error).__name__
