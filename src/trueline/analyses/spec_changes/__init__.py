"""How governed documents changed: their text, their meaning, or their revision, section by section."""

from __future__ import annotations

from trueline.analyses.base import Analysis

from .build import READS, build
from .tables import DOCUMENT_REVISIONS, SPEC_CHANGES

ANALYSIS = Analysis(
    name="spec_changes",
    version=3,
    title="Changes of governed documents",
    reads=READS,
    writes=(DOCUMENT_REVISIONS, SPEC_CHANGES),
    build=build,
)
