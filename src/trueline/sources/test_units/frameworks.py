"""Tell which framework runs the tests of a file, by what its text imports or calls; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping

_JAVASCRIPT = (
    ("vitest", rb"""["']vitest["']|\bvi\.(fn|mock|spyOn)\("""),
    ("playwright", rb"""["']@playwright/"""),
    ("cypress", rb"""\bcy\.\w+\(|["']cypress"""),
    ("node:test", rb"""["'](node:)?test["']"""),
    ("bun", rb"""["']bun:test["']"""),
    ("jest", rb"""["']@jest/|\bjest\.\w+\("""),
    ("ava", rb"""["']ava["']"""),
    ("tap", rb"""["']tap["']|["']tape["']"""),
    ("mocha", rb"""["']mocha["']|\bthis\.timeout\(|["']chai["']"""),
    ("jasmine", rb"""\bjasmine\.\w+"""),
)
_KNOWN: Mapping[str, tuple[tuple[str, bytes], ...]] = {
    "python": (
        ("pytest", rb"(?m)^\s*(import pytest|from pytest)\b"),
        ("unittest", rb"(?m)\bunittest\b|\bTestCase\b"),
        ("nose", rb"(?m)^\s*(import nose|from nose)\b"),
        ("pytest", rb"(?m)^(async )?def test\w*\("),
    ),
    "javascript": _JAVASCRIPT,
    "typescript": _JAVASCRIPT,
    "go": (
        ("ginkgo", rb"onsi/ginkgo"),
        ("check", rb"check\.v1|launchpad\.net/gocheck"),
        ("testing", rb"\"testing\""),
    ),
    "java": (
        ("junit5", rb"org\.junit\.jupiter"),
        ("testng", rb"org\.testng"),
        ("junit4", rb"org\.junit\."),
        ("junit3", rb"junit\.framework"),
        ("spock", rb"spock\.lang"),
    ),
}
_PATTERNS = {language: [(name, re.compile(pattern)) for name, pattern in known] for language, known in _KNOWN.items()}


def framework_of(language: str, content: bytes) -> str | None:
    """Return the name of the framework; None where the text does not tell."""
    return next((name for name, pattern in _PATTERNS.get(language, ()) if pattern.search(content)), None)
