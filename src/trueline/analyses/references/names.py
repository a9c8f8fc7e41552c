"""Paths as documents write them, and back to how tables show them.

Tables quote a path that does not read well (decision of `sources.git.paths`), and a quoted path can
be neither joined nor compared with what a link says. So judging works on the path itself, in which
bytes that are no UTF-8 stand as lone surrogates; only rows and reasons show it.
"""

from __future__ import annotations

from trueline.sources.git import display_path, path_bytes


def written(display: str) -> str:
    """Return the path itself, given how tables show it."""
    return path_bytes(display).decode("utf-8", "surrogateescape") if display.startswith('"') else display


def shown(path: str) -> str:
    """Return the path as tables show it."""
    return display_path(path.encode("utf-8", "surrogateescape"))


def shown_or_none(path: str | None) -> str | None:
    """Return the path as tables show it, where there is one."""
    return None if path is None else shown(path)
