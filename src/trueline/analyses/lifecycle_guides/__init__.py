"""Which documents say how documents live, and where one of them contradicts itself."""

from __future__ import annotations

from trueline.analyses.base import Analysis

from .build import READS, build
from .tables import GUIDE_CONTRADICTIONS, LIFECYCLE_GUIDES

ANALYSIS = Analysis(
    name="lifecycle_guides",
    version=2,
    title="Lifecycle guides",
    reads=READS,
    writes=(LIFECYCLE_GUIDES, GUIDE_CONTRADICTIONS),
    build=build,
)
