"""Degree of authorship of each person in each file, and who counts as an author.

Avelino, Passos, Hora, Valente: A novel approach for estimating truck factors (ICPC 2016), after Fritz et al.
(2010), with their published weights and thresholds, and with their tool's reading of first authorship: whoever
adds a file is a first author, also where it was added before. It never forgets: someone who left keeps what they wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log
from typing import Final, NamedTuple

from .lineage import Lineage

INTERCEPT: Final = 3.293
CREATION: Final = 1.098
OWN_CHANGE: Final = 0.164
OTHERS_CHANGES: Final = 0.321
AUTHOR_ABOVE_SHARE: Final = 0.75
"""Of the file's highest degree; itself not enough."""
AUTHOR_FROM: Final = 3.293
"""Itself enough."""
ALGORITHM: Final = "degree of authorship, Avelino et al. 2016"
WINDOW: Final = "whole history"


class Authorship(NamedTuple):
    """What one person has to do with one file."""

    path: str
    person_key: str
    is_first_author: bool
    deliveries: int
    """Changes by this person after creation."""
    acceptances: int
    """Changes by others after creation."""
    degree: float
    normalised: float
    is_author: bool


def degree_of_authorship(is_first_author: bool, deliveries: int, acceptances: int) -> float:
    """Return the absolute degree of authorship."""
    return INTERCEPT + CREATION * is_first_author + OWN_CHANGE * deliveries - OTHERS_CHANGES * log(1 + acceptances)


def authorships(lineages: Mapping[str, Lineage], paths: Iterable[str]) -> list[Authorship]:
    """Return what each person has to do with each of the paths, sorted; paths without history give nothing."""
    found: list[Authorship] = []
    for path in sorted(set(paths)):
        if path in lineages:
            found.extend(_of_file(path, lineages[path]))
    return found


def _of_file(path: str, lineage: Lineage) -> list[Authorship]:
    total = lineage.changes.total()
    people = sorted(lineage.changes.keys() | lineage.creators)
    degrees = {}
    for person in people:
        own = lineage.changes[person]
        degrees[person] = degree_of_authorship(person in lineage.creators, own, total - own)
    highest = max(degrees.values(), default=0.0)
    found = []
    for person, degree in degrees.items():
        own = lineage.changes[person]
        normalised = degree / highest if highest > 0 else 0.0
        is_author = normalised > AUTHOR_ABOVE_SHARE and degree >= AUTHOR_FROM
        found.append(
            Authorship(path, person, person in lineage.creators, own, total - own, degree, normalised, is_author)
        )
    return found
