"""What an analysis promises: Python that derives tables from tables, where SQL cannot.

An analysis is a pure function of the rows it reads; the snapshot decides when it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from trueline.model.table import Row, Table

Read = Callable[[str], list[tuple[Any, ...]]]
"""Run one select over the tables that the analysis declares, and return its rows."""


@dataclass(frozen=True)
class Analysis:
    """One analysis; `ANALYSIS` in each folder of this package, or an entry point of an installed package."""

    name: str
    version: int
    """Raised whenever the same input gives other rows."""
    title: str
    reads: tuple[str, ...]
    writes: tuple[Table, ...]
    build: Callable[[Read], Mapping[str, Iterable[Row]]]
    """Return the rows of every table in `writes`, by table name."""
