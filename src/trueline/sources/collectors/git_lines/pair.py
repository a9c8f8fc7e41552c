"""A pair of contents, and what is known of the lines between them."""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """What some commit turned into what."""

    old: str | None
    """None where there was nothing; a blob id, or a submodule's commit id."""
    new: str | None
    wants_hunks: bool
    commit_id: str
    """One commit that made this change: it tells a submodule from a content that is missing."""


class Hunk(NamedTuple):
    """One range of lines, as in `@@ -old_start,old_count +new_start,new_count @@`."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int


class Difference(NamedTuple):
    """How the two contents of a pair differ."""

    added: int | None
    """None where a content is binary; so is `deleted`."""
    deleted: int | None
    is_binary: bool
    hunks: tuple[Hunk, ...] | None
    """None where they were not looked for."""
