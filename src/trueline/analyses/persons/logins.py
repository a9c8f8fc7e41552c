"""Tell which accounts are whose, as far as git shows it.

An address that a forge made names its account: that is certain. The name of a fork in a merge's subject is
only said by whom the merge brings work of, again and again; where addresses speak as well, they prevail.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from trueline.model.table import Row

MERGES: Final = 3
"""Merges of a login's fork that bring work of one person, before they say anything."""
SHARE: Final = 0.8
"""Least share of the login's merges that do; who lends a fork to others is not known by it."""


class Authored(NamedTuple):
    """Commits of a person under an address that a forge made."""

    login_key: str
    author_key: str


class Merged(NamedTuple):
    """A merge of a login's fork that brought commits of an author."""

    repository: str
    change_id: str
    login_key: str
    author_key: str


def logins_of_persons(persons: Iterable[Row], authored: Iterable[Authored], merged: Iterable[Merged]) -> list[Row]:
    """Return (repository, login_key, person_key, evidence), sorted, for each repository that the person wrote in.

    `persons` are rows of `person_keys`. Evidence is weighed over all repositories together, as accounts are the
    forge's; the order of the inputs does not matter.
    """
    person_of: dict[str, str] = {}
    repositories_of: dict[str, set[str]] = defaultdict(set)
    for repository, author_key, person_key, _ in persons:
        person_of[str(author_key)] = str(person_key)
        repositories_of[str(person_key)].add(str(repository))
    by_address: dict[str, set[str]] = defaultdict(set)
    for login_key, author_key in authored:
        if author_key in person_of:
            by_address[login_key].add(person_of[author_key])
    found = {(login, person, "address") for login, those in by_address.items() for person in those}
    for login, (person, _) in _by_merges(merged, person_of).items():
        if login not in by_address:
            found.add((login, person, "merges"))
    return sorted(
        (repository, login, person, evidence)
        for login, person, evidence in found
        for repository in repositories_of[person]
    )


def merges_beside_addresses(
    person_of: Mapping[str, str], authored: Iterable[Authored], merged: Iterable[Merged]
) -> list[tuple[str, str, int]]:
    """Return (person whom the login's address names, person whose work its merges bring, merges) of each login."""
    named = {(a.login_key, person_of[a.author_key]) for a in authored if a.author_key in person_of}
    brings = _by_merges(merged, person_of)
    return sorted((person, *brings[login]) for login, person in named if login in brings)


def _by_merges(merged: Iterable[Merged], person_of: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Return the one person whose work nearly all merges of a login bring, and in how many of them."""
    merges_of: dict[str, set[tuple[str, str]]] = defaultdict(set)
    brings: dict[str, Counter[str]] = defaultdict(Counter)
    rows = {
        (m.login_key, (m.repository, m.change_id), person_of[m.author_key]) for m in merged if m.author_key in person_of
    }
    for login, merge, person in rows:
        merges_of[login].add(merge)
        brings[login][person] += 1
    tied = {}
    for login, counts in brings.items():
        enough = [p for p, n in counts.items() if n >= MERGES and n >= SHARE * len(merges_of[login])]
        # Two who always work together cannot be told apart.
        if len(enough) == 1:
            tied[login] = (enough[0], counts[enough[0]])
    return tied
