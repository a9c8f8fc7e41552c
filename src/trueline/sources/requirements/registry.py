"""The importers: those that come with Trueline and those of installed packages, by one door.

A package from elsewhere names its own under the entry point group `trueline.importers`; its
name must be new.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from trueline.model.errors import UsageError

from .doorstop import DOORSTOP
from .importer import Importer
from .openfasttrace import OPENFASTTRACE
from .openfasttrace_tags import OPENFASTTRACE_TAGS
from .unread import UNREAD

if TYPE_CHECKING:
    from importlib import metadata

GROUP = "trueline.importers"

BUILT_IN: tuple[Importer, ...] = (OPENFASTTRACE, OPENFASTTRACE_TAGS, DOORSTOP, UNREAD)
"""In this order they read a content."""


@cache
def importers() -> tuple[Importer, ...]:
    """Return every importer, built in ones first. Raises UsageError as `together` does."""
    from importlib import metadata  # slow to import

    return together(metadata.entry_points(group=GROUP))


def together(outside: Iterable[metadata.EntryPoint]) -> tuple[Importer, ...]:
    """Return the built in importers and those of entry points.

    Raises UsageError where one cannot be loaded, is no importer, or has the name of another.
    """
    found = list(BUILT_IN)
    for point in sorted(outside, key=lambda point: point.name):
        importer = _loaded(point)
        if any(known.name == importer.name for known in found):
            raise UsageError(f"two importers are named {importer.name}", fix="Uninstall one, or rename it")
        found.append(importer)
    return tuple(found)


def _loaded(point: metadata.EntryPoint) -> Importer:
    try:
        importer = point.load()
    except Exception as error:  # whatever a package of others raises when imported
        raise UsageError(f"importer {point.value} cannot be loaded: {error}", fix="Repair or uninstall it") from error
    if not isinstance(importer, Importer):
        raise UsageError(f"{point.value} is not an Importer", fix="Name an object of that class")
    return importer
