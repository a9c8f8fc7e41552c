"""A practice: a folder of data that answers some duties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .record import Kind
from .rule import Check, Metric, Thing
from .table import Table


@dataclass(frozen=True)
class View:
    """SQL that derives a table; its columns are declared so that cases and lint know them."""

    table: Table
    sql: str
    path: str
    practice: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """Key of the header -> its line, for problems."""


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite specification bound to a metric."""

    practice: str
    name: str
    metric: str
    spec: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True)
class Practice:
    """Everything that a practice's folder declares."""

    name: str
    root: Path
    title: str
    purpose: str
    accountable: str
    """`role:<role>`."""
    duties: tuple[str, ...]
    kinds: tuple[Kind, ...] = ()
    views: tuple[View, ...] = ()
    checks: tuple[Check, ...] = ()
    metrics: tuple[Metric, ...] = ()
    things: tuple[Thing, ...] = ()
    charts: tuple[Chart, ...] = ()
