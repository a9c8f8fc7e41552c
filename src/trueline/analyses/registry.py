"""Find the analyses: those of this package and those of installed packages, by one door.

Every folder of this package that has an `ANALYSIS` is one; a package from elsewhere names its own
under the entry point group `trueline.analyses`. The order in which they run is the snapshot's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module, metadata
from pkgutil import iter_modules

from trueline import analyses
from trueline.model.errors import UsageError
from trueline.model.evidence_tables import GIT_TABLES
from trueline.model.run import RUN
from trueline.model.tree_tables import TREE_TABLES

from .base import Analysis

GROUP = "trueline.analyses"


@cache
def built_in() -> tuple[Analysis, ...]:
    """Return the analyses of this package, by name."""
    folders = sorted(module.name for module in iter_modules(analyses.__path__) if module.ispkg)
    modules = (import_module(f"{analyses.__name__}.{folder}") for folder in folders)
    return tuple(module.ANALYSIS for module in modules if hasattr(module, "ANALYSIS"))


def installed(entry_points: Iterable[metadata.EntryPoint] | None = None) -> tuple[Analysis, ...]:
    """Return all analyses, built in and installed.

    Raises UsageError where an installed one cannot be loaded, or where two write the same table.
    """
    found = metadata.entry_points(group=GROUP) if entry_points is None else entry_points
    outside = sorted(found, key=lambda entry_point: entry_point.name)
    together = (*built_in(), *(_load(entry_point) for entry_point in outside))
    check_writers(together)
    return together


def check_writers(candidates: Iterable[Analysis]) -> None:
    """Raise UsageError where two analyses write one table, or one writes a table of the model."""
    writers = {table.name: "trueline itself" for table in (RUN, *TREE_TABLES, *GIT_TABLES)}
    clashes = []
    for analysis in candidates:
        for table in analysis.writes:
            if table.name in writers:
                clashes.append(f"table {table.name}: {writers[table.name]} and {analysis.name}")
            writers[table.name] = f"analysis {analysis.name}"
    if clashes:
        fix = "Uninstall one of the packages, or rename its table"
        raise UsageError("two write the same table: " + "; ".join(clashes), fix=fix)


def _load(entry_point: metadata.EntryPoint) -> Analysis:
    try:
        loaded = entry_point.load()
    # An installed package may fail in any way while it is imported; the user needs its name, not a traceback.
    except Exception as failure:
        raise UsageError(
            f"analysis {entry_point.name} ({entry_point.value}) cannot be loaded: {failure}",
            fix="Mend or uninstall the package that brings it",
        ) from failure
    if not isinstance(loaded, Analysis):
        raise UsageError(
            f"analysis {entry_point.name} ({entry_point.value}) is a {type(loaded).__name__}, not an Analysis",
            fix=f"Let the entry point of group {GROUP} name the Analysis itself",
        )
    return loaded
