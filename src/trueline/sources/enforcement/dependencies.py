"""Take a digest of the versions that a project is built and checked with: a new version explains a new expectation.

Neither names nor versions are read from it, and it is never compared as a measure; files that only a tool writes are
read where they are small enough.
"""

from __future__ import annotations

import hashlib
import re

from trueline.model.enforcement import Ledger, Measure

from .configs import decoded, is_foreign

DEPENDENCIES = "dependencies"
"""Scope of the measure that holds the digest."""

_PATH = re.compile(
    r"(^|/)([\w.-]*(requirements|constraints)[\w.-]*\.(txt|in|pip)|requirements/[\w.-]+\.(txt|in)|(poetry|uv|pdm|Pipfile|Cargo)\.lock|"
    r"pyproject\.toml|setup\.(py|cfg)|tox\.ini|package\.json|go\.mod|pom\.xml|build\.gradle(\.kts)?|libs\.versions\.toml|"
    r"\.pre-commit-config\.yaml)$"
)
_VERSION = re.compile(r"\d+\.\d|\bv?\d+\b.*[\"'>]|@[0-9a-f]{7,}")
_OWN_VERSION = re.compile(r"\s*[\"']?(version|__version__)[\"']?\s*[:=]")


def selects(path: str) -> bool:
    """Return True for files that name versions of dependencies or tools."""
    return bool(_PATH.search(path)) and not is_foreign(path)


def read(path: str, content: bytes) -> Ledger:
    """Return the digest of the lines that name a version."""
    lines = (line.strip() for line in decoded(content).split("\n"))
    named = sorted(line for line in lines if _VERSION.search(line) and not _OWN_VERSION.match(line))
    digest = hashlib.sha256("\n".join(named).encode()).hexdigest()[:16]
    return Ledger(path, "", measures=(Measure("expected_changed", DEPENDENCIES, digest, "equal", scope=DEPENDENCIES),))
