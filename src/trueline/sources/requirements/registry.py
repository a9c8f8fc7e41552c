"""The importers: those that come with Trueline and those of installed packages, by one door.

A package from elsewhere names its own under the entry point group `trueline.importers`; its
name must be new.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from trueline.model.errors import UsageError

from .doorstop import DOORSTOP
from .ears import EARS
from .gherkin import GHERKIN
from .importer import Importer
from .openapi import OPENAPI
from .openfasttrace import OPENFASTTRACE
from .openfasttrace_tags import OPENFASTTRACE_TAGS
from .openspec import OPENSPEC
from .plain_markdown import PLAIN_MARKDOWN
from .plain_tags import PLAIN_TAGS
from .speckit import SPECKIT
from .unread import UNREAD

if TYPE_CHECKING:
    from importlib import metadata

GROUP = "trueline.importers"

BUILT_IN: tuple[Importer, ...] = (
    OPENFASTTRACE,
    OPENFASTTRACE_TAGS,
    DOORSTOP,
    OPENSPEC,
    SPECKIT,
    EARS,
    GHERKIN,
    OPENAPI,
    PLAIN_MARKDOWN,
    PLAIN_TAGS,
    UNREAD,
)
"""In this order they read a content."""


@cache
def importers() -> tuple[Importer, ...]:
    """Return every importer, built in ones first. Raises UsageError as `together` does."""
    if not _is_named_by_a_package():
        return together(())
    from importlib import metadata  # slow to import

    return together(metadata.entry_points(group=GROUP))


def _is_named_by_a_package() -> bool:
    """Say whether any installed package may name the group; where that cannot be seen, it may."""
    for place in map(Path, sys.path):
        if place.is_file():
            return True  # packages in an archive
        for pattern in ("*.dist-info/entry_points.txt", "*.egg-info/entry_points.txt"):
            if any(GROUP.encode() in file.read_bytes() for file in place.glob(pattern)):
                return True
    return False


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
