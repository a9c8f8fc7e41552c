"""Who works at Harbour: invented persons, the bots beside them, and the trailers that assistants leave."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from .history import Signature

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class Person:
    """One author; bots and agents count too."""

    handle: str
    name: str
    address: str
    utc_offset: int
    """Hours."""

    def at(self, instant: datetime) -> Signature:
        """Return the signature of this person at an instant, in their own offset."""
        return Signature(self.name, self.address, instant.astimezone(timezone(timedelta(hours=self.utc_offset))))


@cache
def people() -> dict[str, Person]:
    """Return everybody by handle."""
    rows = tomllib.loads((DATA / "people.toml").read_text(encoding="utf-8"))["person"]
    return {row["handle"]: Person(row["handle"], row["name"], row["address"], row["utc_offset"]) for row in rows}


FORGE = Person("forge", "GitHub", "noreply@github.com", 0)
"""The committer of whatever was merged by a button."""

ASSISTANT_TRAILER = "Co-Authored-By: Claude <noreply@anthropic.com>"
