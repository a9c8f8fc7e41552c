"""Numbers with their nouns. Apart from other wording, which is slow to import for an answer of one line."""

from __future__ import annotations


def plural(n: int, one: str, many: str | None = None) -> str:
    """Return the number with its noun: `1 finding`, `27 findings`, `42 duties`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
