"""Join addresses that carry the same full name often enough on both sides.

One stray commit never joins two people: seen in practice, a single commit with a colleague's address fused
three maintainers. A name that many addresses carry, or an address that many names carry, joins nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from trueline.model.table import Row

SUPPORT: Final = 2
"""Commits under the same name that an address needs before the name says anything about it."""
ADDRESSES_OF_A_PERSON: Final = 10
"""A name that stands on more addresses than this belongs to nobody in particular (one maintainer of git has seven)."""
NAMES_OF_A_PERSON: Final = 3
"""An address under more names than this is a shared account."""


class Use(NamedTuple):
    """How often an address wrote under a name in a repository."""

    repository: str
    author_key: str
    name_key: str | None
    commits: int


def join_addresses(uses: Iterable[Use]) -> list[Row]:
    """Return (repository, author_key, person_key, evidence), sorted; the order of `uses` does not matter."""
    uses = list(uses)
    addresses_of = _supported(uses)
    shared_names = {name for name, addresses in addresses_of.items() if len(addresses) > ADDRESSES_OF_A_PERSON}
    names_of = Counter(address for addresses in addresses_of.values() for address in addresses)
    shared_addresses = {address for address, names in names_of.items() if names > NAMES_OF_A_PERSON}

    parent = {use.author_key: use.author_key for use in uses}
    for name, addresses in addresses_of.items():
        if name not in shared_names:
            _unite(parent, sorted(addresses - shared_addresses))
    sizes = Counter(_root(parent, address) for address in parent)
    under_shared_name = {address for name in shared_names for address in addresses_of[name]}

    def evidence(address: str) -> str:
        if sizes[_root(parent, address)] > 1:
            return "same_full_name"
        if address in shared_addresses:
            return "shared_address"
        return "shared_name" if address in under_shared_name else "one_address"

    pairs = sorted({(use.repository, use.author_key) for use in uses})
    return [(repository, address, _root(parent, address), evidence(address)) for repository, address in pairs]


def _supported(uses: Iterable[Use]) -> dict[str, set[str]]:
    """Return the addresses of each name that have enough commits under it, over all repositories."""
    commits: Counter[tuple[str, str]] = Counter()
    for use in uses:
        if use.name_key is not None:
            commits[use.name_key, use.author_key] += use.commits
    addresses_of: dict[str, set[str]] = defaultdict(set)
    for (name, address), n in commits.items():
        if n >= SUPPORT:
            addresses_of[name].add(address)
    return addresses_of


def _root(parent: dict[str, str], address: str) -> str:
    while parent[address] != address:
        parent[address] = parent[parent[address]]
        address = parent[address]
    return address


def _unite(parent: dict[str, str], addresses: list[str]) -> None:
    """Make all of them one person, whose key is the least of the keys."""
    for address in addresses[1:]:
        first, second = sorted((_root(parent, addresses[0]), _root(parent, address)))
        parent[second] = first
