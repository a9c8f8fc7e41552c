"""List the words of production code: what a change took away for good tells what a deleted test was of.

Words of comments are left out, those of texts are kept: a message or the name of an option is a word as well. The
list is no measure of its own and is never compared.
"""

from __future__ import annotations

import re

from trueline.model.enforcement import Ledger, Measure

from .configs import decoded, is_foreign

VOCABULARY = "vocabulary"
"""Scope of the measure that holds the words."""
MOST_WORDS = 20_000

_SOURCE = re.compile(r"\.(py|[cm]?[jt]sx?|go|java|kt)$")
_OF_TESTS = re.compile(
    r"(^|/)(__tests__|(.*[_-])?(tests?|specs?|e2e|testing)([_-][^/]*)?)/|(^|/)(test_|conftest)[^/]*$|"
    r"[._-](test|tests|spec)\.\w+$|(Tests?|IT|TestCase)\.(java|kt)$"
)
_COMMENT = re.compile(r"(?m)^\s*(?:#|//|\*|/\*).*$")
_WORD = re.compile(r"[^\W\d]\w{3,}")


def selects(path: str) -> bool:
    """Return True for source code that is not of tests."""
    return bool(_SOURCE.search(path)) and not _OF_TESTS.search(path) and not is_foreign(path)


def read(path: str, content: bytes) -> Ledger:
    """Return the words of a file as one measure."""
    words = sorted(set(_WORD.findall(_COMMENT.sub("", decoded(content)))))[:MOST_WORDS]
    return Ledger(
        path, "", measures=(Measure("test_deleted", VOCABULARY, " ".join(words), "present", scope=VOCABULARY),)
    )
