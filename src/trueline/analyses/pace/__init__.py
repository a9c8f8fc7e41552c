"""When changes are written, by quarter and team: on weekends, late at night; never of fewer than five persons.

Git tells the hour on the author's own clock and nothing else: who works shifted hours, has another weekend or lets a
tool write the time looks the same. So it is a question to ask, and no measure of anybody's effort.
"""

from __future__ import annotations

from trueline.analyses.base import Analysis

from .build import READS, build
from .tables import TEAM_PACE

ANALYSIS = Analysis(
    name="pace",
    version=2,
    title="When changes are written",
    reads=READS,
    writes=(TEAM_PACE,),
    build=build,
)
