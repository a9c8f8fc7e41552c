"""Join addresses of one account, and addresses that carry the same full name often enough on both sides.

One stray commit never joins two people: seen in practice, a single commit with a colleague's address fused
three maintainers. A name that many addresses carry, or an address that many names carry, joins nothing. What a
record says goes before all of it. What is left in doubt is `proposals`' business.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
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
    login_key: str | None = None
    """The account that the forge made the address for."""


def join_addresses(uses: Iterable[Use], declared: Sequence[Collection[str]] = ()) -> list[Row]:
    """Return (repository, author_key, person_key, evidence), sorted; the order of `uses` does not matter.

    Each of `declared` holds all the addresses of one person: they are joined with each other and, whatever the
    names say, with nothing else. Of an address that two of them hold the first one counts.
    """
    uses = list(uses)
    record_of: dict[str, int] = {}
    for number, addresses in enumerate(declared):
        for address in addresses:
            record_of.setdefault(address, number)
    free = [use for use in uses if use.author_key not in record_of]
    addresses_of = supported(free)
    shared_names = {name for name, addresses in addresses_of.items() if len(addresses) > ADDRESSES_OF_A_PERSON}
    names_of = Counter(address for addresses in addresses_of.values() for address in addresses)
    shared_addresses = {address for address, names in names_of.items() if names > NAMES_OF_A_PERSON}

    groups = Groups(use.author_key for use in uses)
    groups.unite_all((a for n, a in addresses_of.items() if n not in shared_names), shared_addresses, "same_full_name")
    groups.unite_all(_of_accounts(free), shared_addresses, "same_account")
    groups.unite_all(_of_records(record_of), set(), "record")
    groups.note(record_of, "record")
    groups.note(shared_addresses, "shared_address")
    groups.note({address for name in shared_names for address in addresses_of[name]}, "shared_name")
    pairs = sorted({(use.repository, use.author_key) for use in uses})
    return [(repository, address, groups.root(address), groups.evidence(address)) for repository, address in pairs]


def supported(uses: Iterable[Use]) -> dict[str, set[str]]:
    """Return the addresses of each name that have enough commits under it, over all repositories."""
    addresses_of: dict[str, set[str]] = defaultdict(set)
    for (name, address), commits in commits_under(uses).items():
        if commits >= SUPPORT:
            addresses_of[name].add(address)
    return addresses_of


def commits_under(uses: Iterable[Use]) -> Counter[tuple[str, str]]:
    """Return the commits of each (name, address), over all repositories."""
    commits: Counter[tuple[str, str]] = Counter()
    for use in uses:
        if use.name_key is not None:
            commits[use.name_key, use.author_key] += use.commits
    return commits


def _of_accounts(uses: Iterable[Use]) -> Iterable[set[str]]:
    """Return the addresses of each account; a forge writes one account's address in more than one form."""
    addresses_of: dict[str, set[str]] = defaultdict(set)
    for use in uses:
        if use.login_key is not None:
            addresses_of[use.login_key].add(use.author_key)
    return addresses_of.values()


def _of_records(record_of: Mapping[str, int]) -> Iterable[set[str]]:
    """Return the addresses of each record."""
    addresses_of: dict[int, set[str]] = defaultdict(set)
    for address, number in record_of.items():
        addresses_of[number].add(address)
    return addresses_of.values()


class Groups:
    """Addresses, joined step by step; a group's key is the least of its addresses."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._parent = {address: address for address in addresses}
        self._evidence: dict[str, str] = {}

    def root(self, address: str) -> str:
        """Return the key of the address's group."""
        parent = self._parent
        while parent[address] != address:
            parent[address] = parent[parent[address]]
            address = parent[address]
        return address

    def unite_all(self, sets: Iterable[Set[str]], without: Set[str], evidence: str) -> None:
        """Make one group of each set, leaving out some addresses and those that nobody used."""
        for addresses in sets:
            known = sorted(address for address in addresses - without if address in self._parent)
            for address in known[1:]:
                first, second = sorted((self.root(known[0]), self.root(address)))
                self._parent[second] = first
            if len(known) > 1:
                self.note(known, evidence)

    def note(self, addresses: Iterable[str], evidence: str) -> None:
        """Keep what is known of addresses; what was noted first stays."""
        for address in addresses:
            self._evidence.setdefault(address, evidence)

    def evidence(self, address: str) -> str:
        """Return what was first noted of the address."""
        return self._evidence.get(address, "one_address")
