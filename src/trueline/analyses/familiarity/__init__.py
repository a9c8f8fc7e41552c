"""Who is familiar with which area today: recent changes weigh more, old ones nothing, so leavers are forgotten.

Beside the degree of authorship, which never forgets; the two together say whose knowledge may have left. Bots are
excluded as in `knowledge`; a commit that only moves a file carries it on and makes nobody familiar with it. Of a history
that is cut off nothing is said: its oldest commits seem to create every file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from trueline.analyses.base import Analysis, Read
from trueline.analyses.knowledge import BOTS_EXCLUDED, WRITTEN_KINDS
from trueline.analyses.knowledge.lineage import FileChange
from trueline.model.table import Row

from .decay import SILENT_AFTER_DAYS, WINDOW_DAYS, weight
from .figures import Evidence, knowers_of_files, measure_familiarity
from .recent import Commit, commits_of_files
from .tables import AREA_FAMILIARITY, FAMILIARITY_TABLES, FILE_KNOWERS, RECENT_FILE_CHANGES

_AGE_DAYS = "cast(floor((epoch(h.horizon_at) - epoch(d.landed_at)) / 86400) as bigint)"
_LANDED = """
from landed_commits as l
join landed_changes as d using (repository, change_id)
join commits as c using (repository, commit_id)
join horizons as h using (repository)
"""

_COMMITS = f"""
select l.repository, l.commit_id, l.change_id, p.person_key, {_AGE_DAYS}
{_LANDED}
join repositories as r using (repository)
join person_keys as p on p.repository = c.repository and p.author_key = c.author_key
where {BOTS_EXCLUDED} and not coalesce(r.is_shallow, false) and {_AGE_DAYS} between 0 and {WINDOW_DAYS - 1}
"""

# Changes of content before the window move no file, and are most of a history.
_CHANGES = f"""
select f.repository, l.position, f.path, f.old_path, f.status, case when coalesce(f.similarity, 0) < 100 then f.commit_id end
{_LANDED}
join file_changes as f on f.repository = l.repository and f.commit_id = l.commit_id
where f.status not in ('M', 'T') or {_AGE_DAYS} between 0 and {WINDOW_DAYS - 1}
"""

_ACTIVE = f"""
select distinct a.repository, p.person_key
from (
    select l.repository, unnest(coalesce(c.co_author_keys, []) || [c.author_key, c.committer_key]) as seen_key
    {_LANDED}
    where {_AGE_DAYS} between 0 and {SILENT_AFTER_DAYS - 1}
) as a
join person_keys as p on p.repository = a.repository and p.author_key = a.seen_key
"""

_WRITTEN = """
select k.repository, k.path, k.kind, a.area
from path_kinds as k
left join path_areas as a using (repository, path)
"""


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of the three tables for every repository."""
    commits: dict[str, dict[str, Commit]] = defaultdict(dict)
    for repository, commit_id, *values in read(_COMMITS):
        commits[repository][commit_id] = Commit(commit_id, *values)
    changes = _changes(read, commits)
    authors: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for repository, path, person_key in read("select repository, path, person_key from file_authors where is_author"):
        authors[repository][path].add(person_key)
    active: dict[str, set[str]] = defaultdict(set)
    for repository, person_key in read(_ACTIVE):
        active[repository].add(person_key)
    trees: dict[str, set[str]] = defaultdict(set)
    area_of: dict[str, dict[str, str | None]] = defaultdict(dict)
    for repository, path, kind, area in read(_WRITTEN):
        trees[repository].add(path)
        if kind in WRITTEN_KINDS:
            area_of[repository][path] = area
    rows: dict[str, list[Row]] = {table.name: [] for table in FAMILIARITY_TABLES}
    whole = (
        "select r.repository, run.as_of from repositories as r cross join run where not coalesce(r.is_shallow, false)"
    )
    for name, as_of in sorted(read(whole)):
        found = commits_of_files(changes.pop(name, []), trees[name])
        commits_of = {path: [commits[name][c] for c in found.get(path, ())] for path in area_of[name]}
        rows[RECENT_FILE_CHANGES.name].extend(_recent_rows(name, commits_of))
        evidence = Evidence(name, as_of, area_of[name], authors[name], active[name], commits_of)
        rows[AREA_FAMILIARITY.name].extend(measure_familiarity(evidence))
        rows[FILE_KNOWERS.name].extend(knowers_of_files(evidence))
    return rows


def _changes(read: Read, commits: Mapping[str, Mapping[str, Commit]]) -> dict[str, list[FileChange]]:
    """Return the changes of each repository; those that count carry their commit."""
    changes: dict[str, list[FileChange]] = defaultdict(list)
    for repository, position, path, old_path, status, commit_id in read(_CHANGES):
        counts = commit_id in commits.get(repository, ())
        changes[repository].append(FileChange(position, 0, commit_id if counts else None, path, old_path, status))
    return changes


def _recent_rows(repository: str, commits_of: Mapping[str, Iterable[Commit]]) -> Iterable[Row]:
    for path, commits in sorted(commits_of.items()):
        for commit in sorted(commits):
            yield (repository, path, *commit, weight(commit.age_days))


ANALYSIS = Analysis(
    name="familiarity",
    version=3,
    title="Who is familiar with which area today",
    reads=(
        "run",
        "repositories",
        "horizons",
        "commits",
        "file_changes",
        "landed_changes",
        "landed_commits",
        "person_keys",
        "path_kinds",
        "path_areas",
        "file_authors",
    ),
    writes=FAMILIARITY_TABLES,
    build=build,
)
