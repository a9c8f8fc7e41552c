"""What the two header forms of a document share: a field, and how its name is normalised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["front_matter", "header_block"]

_PUNCTUATION = re.compile(r"[^\w\s/-]")
_GAPS = re.compile(r"[\s/_-]+")


@dataclass(frozen=True)
class HeaderField:
    """One field of a header; the place is where its name begins."""

    line: int
    col: int
    name: str
    value: str
    form: Form


def field_name(written: str) -> str:
    """Return a name in lower case with underscores, punctuation removed: `Owner (team)` is `owner_team`."""
    return _GAPS.sub("_", _PUNCTUATION.sub("", written)).strip("_").lower()
