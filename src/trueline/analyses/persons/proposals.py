"""Say which persons may be one, with what speaks for it on both sides; a record decides.

Nothing here joins anybody. Pairs that nothing but a similar spelling connects are not proposed: pseudonyms show
no similarity, and a name alike is no evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from trueline.model.table import Row

from .join import ADDRESSES_OF_A_PERSON, Use, commits_under


def propose(
    uses: Iterable[Use], person_of: Mapping[str, str], by_merges: Iterable[tuple[str, str, int]], decided: set[str]
) -> list[Row]:
    """Return (person_key, other_person_key, evidence, commits, other_commits), sorted.

    Each name's persons are held against the one who wrote most under it. `by_merges` are (person whom the
    account's address names, person whose work the account's merges bring, merges). Persons in `decided` are as a
    record has them and are not proposed to each other.
    """
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    for persons in _persons_under_names(uses, person_of):
        (first, most), *others = sorted(persons.items(), key=lambda item: (-item[1], item[0]))
        for other, commits in others:
            if not {first, other} <= decided:
                _keep(found, (first, other, "same_full_name"), (most, commits))
    for named, brought, merges in by_merges:
        if named != brought and not {named, brought} <= decided:
            _keep(found, (named, brought, "merges_of_account"), (merges, merges))
    return sorted((*key, *numbers) for key, numbers in found.items())


def _keep(
    found: dict[tuple[str, str, str], tuple[int, int]], key: tuple[str, str, str], numbers: tuple[int, int]
) -> None:
    """Keep a pair once, under the lesser key first, with its strongest evidence."""
    first, second, evidence = key
    if second < first:
        first, second, numbers = second, first, (numbers[1], numbers[0])
    before = found.get((first, second, evidence), (0, 0))
    found[first, second, evidence] = max(before, numbers, key=lambda pair: (min(pair), pair))


def _persons_under_names(uses: Iterable[Use], person_of: Mapping[str, str]) -> Iterable[Counter[str]]:
    """Yield the persons under each full name, with their commits under it; a name of too many is nobody's."""
    persons: dict[str, Counter[str]] = defaultdict(Counter)
    addresses: Counter[str] = Counter()
    for (name, address), commits in commits_under(uses).items():
        persons[name][person_of[address]] += commits
        addresses[name] += 1
    for name, counted in persons.items():
        if len(counted) > 1 and addresses[name] <= ADDRESSES_OF_A_PERSON:
            yield counted
