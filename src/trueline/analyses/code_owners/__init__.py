"""Declared code owners: who owns each file, and what each line of CODEOWNERS does."""

from __future__ import annotations

from trueline.analyses.base import Analysis

from .build import READS, build
from .tables import CODEOWNERS_USAGE, PATH_OWNERS

ANALYSIS = Analysis(
    name="code_owners",
    version=3,
    title="Declared code owners",
    reads=READS,
    writes=(PATH_OWNERS, CODEOWNERS_USAGE),
    build=build,
)
