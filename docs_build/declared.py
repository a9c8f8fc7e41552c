"""What comes with Trueline itself, whatever else is installed where the pages are made."""

from __future__ import annotations

from pathlib import Path

from trueline.analyses import registry
from trueline.app.definitions import Definitions
from trueline.practices import loader

ROOT = Path(__file__).parents[1]


def declared() -> Definitions:
    """Return the built-in practices, duties and analyses."""
    practices = loader.load(loader.built_in())
    names = frozenset(practice.name for practice in practices)
    return Definitions(practices, loader.load_duties(), registry.built_in(), names)


def source_link(path: str) -> str:
    """Return a link from `docs/reference` to a file of this repository."""
    relative = Path(path).resolve().relative_to(ROOT).as_posix()
    return f"[`{relative.removeprefix('src/trueline/')}`](../../{relative})"
