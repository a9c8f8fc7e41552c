"""Tell whether the words around a reference say that its target is still to come."""

from __future__ import annotations

import re
from functools import cache

from .word_lists import word_list


def is_planned(context: str) -> bool:
    """Return True where a line, list item or table row has one of the words of `planned_words.txt`."""
    return _pattern().search(context) is not None


@cache
def _pattern() -> re.Pattern[str]:
    phrases = (r"\s+".join(map(re.escape, phrase.split())) for phrase in word_list("planned_words.txt"))
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(phrases)})(?![\w/-]|\.\w)", re.IGNORECASE)
