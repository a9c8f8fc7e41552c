"""Which class each document belongs to, and what its header says in that class's words."""

from __future__ import annotations

from trueline.analyses.base import Analysis

from .build import READS, build
from .tables import DOCUMENT_CLASSES, GOVERNED_DOCUMENTS, ROLE_MENTIONS

ANALYSIS = Analysis(
    name="governance",
    version=5,
    title="Documents under governance",
    reads=READS,
    writes=(DOCUMENT_CLASSES, GOVERNED_DOCUMENTS, ROLE_MENTIONS),
    build=build,
)
