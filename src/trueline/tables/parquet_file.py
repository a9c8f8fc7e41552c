"""Read a Parquet file that somebody hands in: names and rows as they are, fit for nothing yet."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from trueline.model.errors import BadInput, LakeRefused, Problem, QueryRefused

from .engine import Database
from .json_lines import text_literal


def read_parquet(path: Path, shown_as: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the column names and all rows. Raises BadInput where it is no Parquet file."""
    # DuckDB takes `*`, `?` and `[` in a path for a pattern, so it reads through a name without any.
    with tempfile.TemporaryDirectory(prefix="trueline-") as folder:
        link = Path(folder) / "feed.parquet"
        link.symlink_to(path.resolve())
        database = Database.building()
        try:
            return database.table(f"select * from read_parquet({text_literal(str(link))}, hive_partitioning = false)")
        except (QueryRefused, LakeRefused) as error:
            why = error.message.replace(str(link), shown_as)
            raise BadInput([Problem(shown_as, 0, 0, f"cannot be read as Parquet: {why}")]) from error
        finally:
            database.close()
