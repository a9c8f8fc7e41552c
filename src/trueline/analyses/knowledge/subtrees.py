"""Give files of a merged subtree the history that they had as a repository of their own.

Such a history knows `tool.sh` where the tree has `tools/tool.sh`, and no commit says so: the merge did it. The
names tell. What is in doubt (the short path exists as well, or two files claim it) stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from .lineage import Lineage


def adopt_subtrees(lineages: Mapping[str, Lineage], tree: Set[str]) -> dict[str, Lineage]:
    """Return the lineages with those of subtrees moved to where their files stand in the tree."""
    claims: dict[str, list[str]] = defaultdict(list)
    for path in tree:
        known = lineages.get(path)
        if known is None or not known.is_created:
            found = next(
                (s for s in _suffixes(path) if s not in tree and s in lineages and lineages[s].is_created), None
            )
            if found is not None:
                claims[found].append(path)
    moved = dict(lineages)
    for suffix, claimants in claims.items():
        if len(claimants) == 1:
            before = moved.pop(suffix)
            after = lineages.get(claimants[0], Lineage())
            moved[claimants[0]] = Lineage(
                before.creators, True, before.changes + after.changes, before.landings + after.landings
            )
    return moved


def _suffixes(path: str) -> Iterable[str]:
    """Yield the path without its outermost directory, without its two outermost, and so on."""
    while "/" in path:
        path = path.partition("/")[2]
        yield path
