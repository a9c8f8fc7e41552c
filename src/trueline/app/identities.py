"""Show proposals that two persons may be one, with their addresses: for somebody who asked for persons, here and now.

Addresses are read from git where they lie and matched by their pseudonyms; nothing of them is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from trueline.model.errors import GitRefused

from .snapshots import Taken
from .workspace import Workspace


@dataclass(frozen=True)
class IdentityProposal:
    """Two persons who may be one."""

    evidence: str
    addresses: tuple[str, ...]
    """Of the one; empty where no copy at hand has them."""
    other_addresses: tuple[str, ...]
    weaker_commits: int
    """Commits, or merges, that speak for it, on the side that has fewer."""
    stronger_commits: int
    commits_at_stake: int
    """Commits that would change hands."""


def identity_proposals(taken: Taken, workspace: Workspace) -> list[IdentityProposal]:
    """Return the proposals, the most commits at stake first; the snapshot must show persons."""
    known = dict(_addresses(workspace))
    people: defaultdict[str, set[str]] = defaultdict(set)
    for author_key, person_key in taken.snapshot.database.rows("select author_key, person_key from person_keys"):
        if author_key in known:
            people[person_key].add(known[author_key])
    rows = taken.snapshot.database.rows(
        "select evidence, person_key, other_person_key, weaker_commits, stronger_commits, commits_at_stake"
        " from identity_proposals order by commits_at_stake desc nulls last, person_key, other_person_key"
    )
    return [
        IdentityProposal(evidence, tuple(sorted(people[one])), tuple(sorted(people[other])), *counts)
        for evidence, one, other, *counts in rows
    ]


def _addresses(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Yield the pseudonym and the address of every author, as the collector of git takes them."""
    for target in workspace.targets:
        if target.git is None:
            continue
        try:
            printed = target.git.git.output("log", "--all", "--use-mailmap", "--format=%aE%x00%aN", "-z")
        except GitRefused:
            continue
        fields = printed.decode("utf-8", "surrogateescape").split("\0")
        for address, name in set(zip(fields[::2], fields[1::2], strict=False)):
            known = address.strip().lower() or " ".join(name.split()).lower()
            if known:
                yield workspace.pseudonym(known), known
