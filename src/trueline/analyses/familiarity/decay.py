"""How much a change still counts for who made it: half as much after each 180 days, nothing after three of those.

A choice of ours, not a measurement: JetBrains' bus factor explorer looks 547 days back and weighs with exp(-days / 90),
which halves in 62 days and forgets a quarter's absence. Half a year is what we call silent, and half of it is left then.
"""

from __future__ import annotations

from typing import Final

HALF_LIFE_DAYS: Final = 180
WINDOW_DAYS: Final = 3 * HALF_LIFE_DAYS
"""What is older would weigh less than an eighth, and weighs nothing."""
SILENT_AFTER_DAYS: Final = 180
"""Who landed nothing for so long may be gone; git does not know."""
ALGORITHM: Final = f"changes weighed by 2^(-age / {HALF_LIFE_DAYS} days); people above 0.75 of a file's highest weight"
WINDOW: Final = f"{WINDOW_DAYS} days before the last fetch or the day asked for, whichever is earlier"


def weight(age_days: int) -> float:
    """Return what a change counts at that age, 1 on the day it landed."""
    return 0.5 ** (age_days / HALF_LIFE_DAYS) if age_days < WINDOW_DAYS else 0.0
