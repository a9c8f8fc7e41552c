"""Services as sets of paths, and the landed changes that touched them.

What a record declares prevails over the catalogue, both over what the tree only suggests. Paths are those of the day
that is asked for; `changes` says how far they reach back. Who owns a service is not decided here.
"""

from __future__ import annotations

from trueline.analyses.base import Analysis

from .build import READS, build
from .tables import SERVICE_TABLES

ANALYSIS = Analysis(
    name="services",
    version=1,
    title="Services as sets of paths, and their changes",
    reads=READS,
    writes=SERVICE_TABLES,
    build=build,
)
