"""Which recent commits changed each file that exists now, under whatever name it had then.

The lineages of `knowledge` carry anything that stands for who changed a file; here that is the commit itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from trueline.analyses.knowledge.lineage import FileChange, trace_lineages
from trueline.analyses.knowledge.subtrees import adopt_subtrees


class Commit(NamedTuple):
    """A commit by a person that landed in the window."""

    commit_id: str
    change_id: str
    person_key: str
    age_days: int
    """Whole days from its landing to the horizon."""


def commits_of_files(changes: Iterable[FileChange], tree: Set[str]) -> Mapping[str, frozenset[str]]:
    """Return the commits that changed each file of the tree.

    Each change carries the id of its commit in the place of a person, or none where it moves a file and does not count.
    """
    lineages = adopt_subtrees(trace_lineages(changes), tree)
    return {
        path: frozenset(lineages[path].creators | lineages[path].changes.keys())
        for path in sorted(tree & lineages.keys())
    }
