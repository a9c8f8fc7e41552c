"""Suggest the word that somebody probably meant, in one way everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

LONGEST_SHOWN = 60
MOST_COMPARED = 500


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the sentence that mends a misspelt word: the nearest known one, else all that are known."""
    words = sorted(set(known))
    near = _nearest(word, words)
    if near:
        return f"Did you mean {near}?"
    if not words:
        return ""
    more = f" and {len(words) - 12} more" if len(words) > 12 else ""
    return f"Known: {', '.join(words[:12])}{more}."


def is_near(word: str, known: Iterable[str]) -> bool:
    """Say whether a word is a known one, maybe misspelt."""
    return bool(_nearest(word, known))


def shown(text: str) -> str:
    """Return text from a file in quotes, short and with control characters made visible."""
    cut = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut) + '"'


def _nearest(word: str, known: Iterable[str]) -> str | None:
    import difflib  # only who mistypes needs it

    start = word[:LONGEST_SHOWN]
    compared = list(islice(known, MOST_COMPARED))  # comparing is slow, and thousands of ids are known
    near = difflib.get_close_matches(start, compared, n=1, cutoff=0.7)
    return near[0] if near else None
