"""Who knows which file, and how few people each area rests on, from the whole history up to `as_of`.

Bots and agents that act alone are excluded by `bots_excluded`: their changes move files and are nobody's.
Co-authors are not counted, and merges have no file rows. Only files that exist in the tree and are source or
test count. Whether the people are still there is another question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from trueline.analyses.base import Analysis, Read
from trueline.model.table import Row

from .figures import Scope, measure_knowledge
from .lineage import FileChange
from .tables import KNOWLEDGE_TABLES

WRITTEN_KINDS = frozenset({"source", "test"})
BOTS_EXCLUDED = "coalesce(c.actor_kind, 'person') not in ('bot', 'ai_autonomous')"
"""The named rule `bots_excluded`."""

_CHANGES = f"""
select
    f.repository, l.position, epoch_us(d.landed_at), case when {BOTS_EXCLUDED} then p.person_key end,
    f.path, f.old_path, f.status
from file_changes as f
join landed_commits as l using (repository, commit_id)
join landed_changes as d using (repository, change_id)
join commits as c using (repository, commit_id)
left join person_keys as p on p.repository = c.repository and p.author_key = c.author_key
"""

_HORIZONS = """
select
    r.repository, run.as_of, coalesce(r.is_shallow, false),
    epoch_us(least(coalesce(r.fetched_at, run.as_of_at), run.as_of_at))
from repositories as r
cross join run
"""


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of the four tables for every repository."""
    changes: dict[str, list[FileChange]] = defaultdict(list)
    for repository, *values in read(_CHANGES):
        changes[repository].append(FileChange(*values))
    kinds: dict[str, dict[str, str]] = defaultdict(dict)
    for repository, path, kind in read("select repository, path, kind from path_kinds"):
        kinds[repository][path] = kind
    rows: dict[str, list[Row]] = {table.name: [] for table in KNOWLEDGE_TABLES}
    for repository, as_of, is_shallow, horizon in sorted(read(_HORIZONS)):
        tree = kinds[repository]
        written = frozenset(path for path, kind in tree.items() if kind in WRITTEN_KINDS)
        scope = Scope(repository, as_of, horizon, frozenset(tree), written, is_shallow)
        for table, found in measure_knowledge(scope, changes.pop(repository, [])).items():
            rows[table].extend(found)
    return rows


ANALYSIS = Analysis(
    name="knowledge",
    version=3,
    title="Degree of authorship and truck factors",
    reads=(
        "run",
        "repositories",
        "commits",
        "file_changes",
        "person_keys",
        "path_kinds",
        "landed_changes",
        "landed_commits",
    ),
    writes=KNOWLEDGE_TABLES,
    build=build,
)
