"""Rework: of the lines that each landed change added, how many were changed or deleted again within 21 days.

Needs the second tier of git evidence, whose hunks go back a year. Source and test files only; a line that moves from one
file to another, other than with a renamed file, looks deleted. Who worked on whose lines is never said, only whether
it was the same person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from trueline.analyses.base import Analysis, Read
from trueline.analyses.knowledge import WRITTEN_KINDS
from trueline.analyses.path_kinds.classify import Classifier, load_rules
from trueline.model.table import Row

from .follow import WINDOW, Followed, PathChange, follow
from .lines import Hunk
from .tables import CHANGE_REWORK, REWORK_TABLES, REWORKED_LINES

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400_000_000

_LANDED = """
select
    d.repository, d.change_id, epoch_us(d.landed_at), epoch_us(h.horizon_at), d.actor_kind, p.person_key, d.is_fix,
    d.is_revert
from landed_changes as d
join horizons as h using (repository)
left join person_keys as p on p.repository = d.repository and p.author_key = d.author_key
where d.landed_at > h.horizon_at - to_days(365)
order by d.repository, d.landed_at, d.change_id
"""

_CHANGED = """
from main_line as m
join landed_commits as l on l.repository = m.repository and l.commit_id = m.commit_id
join landed_changes as d on d.repository = l.repository and d.change_id = l.change_id
join horizons as h on h.repository = m.repository and d.landed_at > h.horizon_at - to_days(365)
join (from file_changes union all by name from merge_changes) as f
    on f.repository = m.repository and f.commit_id = m.commit_id
left join blob_lines as b
    on f.old_blob_id is not distinct from b.old_blob_id and f.new_blob_id is not distinct from b.new_blob_id
"""

_PATH_CHANGES = f"""
select
    m.repository, m.position, l.change_id, f.path, f.old_path, f.status = 'C', f.old_blob_id, f.new_blob_id,
    -- A file that only moved has no pair of contents that differ. A merge that swapped the sides is compared with the
    -- wrong one of them: what it shows is not what it brought.
    f.old_blob_id is not distinct from f.new_blob_id
    or (b.hunks is not null and not b.is_binary and not coalesce(d.main_side = 'second' and l.commit_id = d.change_id, false))
{_CHANGED}
order by m.repository, m.position, f.path
"""

_HUNKS = f"""
select k.old_blob_id, k.new_blob_id, k.old_start, k.old_count, k.new_start, k.new_count
from blob_hunks as k
where exists (
    select 1
    from (select f.old_blob_id, f.new_blob_id {_CHANGED}) as c
    where c.old_blob_id is not distinct from k.old_blob_id and c.new_blob_id is not distinct from k.new_blob_id
)
order by k.old_blob_id nulls first, k.new_blob_id nulls first, k.hunk
"""


class _Landed(NamedTuple):
    change_id: str
    landed_at: int
    horizon_at: int
    actor_kind: str | None
    person_key: str | None
    is_fix: bool
    is_revert: bool


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of both tables for every repository; none where no lines were counted."""
    hunks: dict[tuple[str | None, str | None], list[Hunk]] = defaultdict(list)
    for old, new, *values in read(_HUNKS):
        hunks[old, new].append(Hunk(*values))
    rows: dict[str, list[Row]] = {table.name: [] for table in REWORK_TABLES}
    if not hunks:
        return rows
    landed: dict[str, list[_Landed]] = defaultdict(list)
    for repository, *values in read(_LANDED):
        landed[repository].append(_Landed(*values))
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for repository, *values in read(_PATH_CHANGES):
        found[repository].append(tuple(values))
    counts = _counts()
    for name, changes in sorted(landed.items()):
        number_of = {one.change_id: number for number, one in enumerate(changes)}
        path_changes = (
            PathChange(position, number_of[change_id], path, old_path, is_copy, old, new, hunks.get((old, new), ()) if is_known else None)
            for position, change_id, path, old_path, is_copy, old, new, is_known in found[name]
        )  # fmt: skip
        followed = follow(path_changes, [one.landed_at for one in changes], counts)
        reworked = list(_reworked_rows(name, changes, followed))
        rows[REWORKED_LINES.name] += reworked
        rows[CHANGE_REWORK.name] += _change_rows(name, changes, followed, reworked)
    return rows


def _counts() -> Callable[[str], bool]:
    classifier = Classifier(load_rules())
    return cache(lambda path: classifier.classify(path).kind in WRITTEN_KINDS)


def _reworked_rows(name: str, changes: list[_Landed], followed: Followed) -> Iterator[Row]:
    for went, lines in sorted(followed.went.items()):
        one, by = changes[went.change], changes[went.by]
        is_known = one.person_key is not None and by.person_key is not None
        yield (
            name,
            one.change_id,
            by.change_id,
            went.path,
            lines,
            _EPOCH + timedelta(microseconds=by.landed_at),
            (by.landed_at - one.landed_at) / _DAY,
            one.person_key == by.person_key if is_known else None,
            by.is_fix,
            by.is_revert,
        )


def _change_rows(name: str, changes: list[_Landed], followed: Followed, reworked: Iterable[Row]) -> Iterator[Row]:
    taken: dict[object, list[tuple[Any, ...]]] = defaultdict(list)
    for row in reworked:
        taken[row[1]].append(row[4:])
    for number, fate in sorted(followed.fates.items()):
        one = changes[number]
        lines = [
            (count, is_same, is_fix, is_revert) for count, _, _, is_same, is_fix, is_revert in taken[one.change_id]
        ]
        yield (
            name,
            one.change_id,
            _EPOCH + timedelta(microseconds=one.landed_at),
            one.actor_kind,
            one.landed_at + WINDOW <= one.horizon_at,
            fate.added,
            sum(count for count, *_ in lines),
            sum(count for count, is_same, _, _ in lines if is_same),
            sum(count for count, is_same, _, _ in lines if is_same is False),
            sum(count for count, _, is_fix, _ in lines if is_fix),
            sum(count for count, _, _, is_revert in lines if is_revert),
            fate.lost,
            len(fate.files),
            len(fate.unread),
        )


ANALYSIS = Analysis(
    name="rework",
    version=2,
    title="Lines that were changed again soon after they landed",
    reads=(
        "landed_changes",
        "landed_commits",
        "main_line",
        "horizons",
        "person_keys",
        "file_changes",
        "merge_changes",
        "blob_lines",
        "blob_hunks",
    ),
    writes=REWORK_TABLES,
    build=build,
)
