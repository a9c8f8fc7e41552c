"""Landed changes: what arrived on the main line of each repository, when, how, and in which release.

Commit counts of two repositories are not comparable, landed changes are. Only git speaks here: what a forge
knows of its merges can make styles exact later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from trueline.analyses.base import Analysis, Read
from trueline.model.table import Row

from .changes import Repository, land
from .history import Commit
from .releases import Tag
from .tables import LANDED_TABLES

_COMMITS = """
select
    c.repository, c.commit_id, c.parent_ids, epoch_us(c.committed_at), epoch_us(c.authored_at), c.author_key,
    c.committer_key, c.subject, c.change_number, c.actor_kind, c.reverts_commit_id, c.is_revert, c.is_fix,
    coalesce(c.validity = 'impossible', false), c.picked_from_commit_id
from commits as c
"""


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of the four tables for every repository.

    Commits and tags after `as_of_at` do not count; impossible dates are kept, as they move nothing.
    """
    ((as_of_at,),) = read("select epoch_us(run.as_of_at) from run")
    commits: dict[str, list[Commit]] = defaultdict(list)
    for repository, *values in read(_COMMITS):
        commits[repository].append(Commit(*values))
    tags: dict[str, list[Tag]] = defaultdict(list)
    for repository, *values in read("select repository, tag, commit_id, epoch_us(tagged_at) from tags"):
        if values[-1] <= as_of_at:
            tags[repository].append(Tag(*values))
    rows: dict[str, list[Row]] = {table.name: [] for table in LANDED_TABLES}
    for name, branch, head in sorted(read("select repository, branch, head_commit_id from repositories")):
        landed = land(Repository(name, branch, head), commits.pop(name, []), tags[name], as_of_at)
        for table, found in landed.items():
            rows[table].extend(found)
    return rows


ANALYSIS = Analysis(
    name="landed",
    version=3,
    title="Landed changes and releases",
    reads=("run", "repositories", "commits", "tags"),
    writes=LANDED_TABLES,
    build=build,
)
