"""Read when changes were written, and give the rows of what may be shown of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from trueline.analyses.base import Read
from trueline.analyses.knowledge import BOTS_EXCLUDED
from trueline.model.table import Row
from trueline.sources.trees.codeowners import SHOWN

from .slices import shown_slices
from .tables import TEAM_PACE

READS = (
    "repositories",
    "horizons",
    "commits",
    "landed_commits",
    "landed_changes",
    "person_keys",
    "file_changes",
    "path_owners",
)
QUARTERS = 12
"""So many ended quarters are shown."""
LATE_FROM, LATE_UNTIL = 22, 6
"""Hours of the author's clock."""

_CHANGES = f"""
select
    c.repository, c.commit_id, p.person_key, epoch_us(d.landed_at), epoch_us(c.authored_at),
    case when c.validity = 'valid' then c.authored_offset_minutes end
from landed_commits as l
join landed_changes as d using (repository, change_id)
join commits as c using (repository, commit_id)
join person_keys as p on p.repository = c.repository and p.author_key = c.author_key
join horizons as h on h.repository = c.repository
where
    {BOTS_EXCLUDED} and len(c.parent_ids) < 2 and d.landed_at < h.horizon_at
    and d.landed_at >= h.horizon_at - to_days({92 * (QUARTERS + 1)})
"""

# The team of most of a commit's files; of equals the first by name.
_TEAMS = f"""
select t.repository, t.commit_id, min_by(t.team, (-t.files, t.team))
from (
    select f.repository, f.commit_id, o.team, count(*) as files
    from file_changes as f
    join (select repository, path, unnest(owners) as team from path_owners) as o using (repository, path)
    where o.team not in ({", ".join(f"'{shown}'" for shown in SHOWN.values())})
    group by f.repository, f.commit_id, o.team
) as t
group by t.repository, t.commit_id
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class _Slice:
    people: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of `team_pace`."""
    horizons = {
        repository: _instant(at) for repository, at in read("select repository, epoch_us(horizon_at) from horizons")
    }
    team_of = {(repository, commit): team for repository, commit, team in read(_TEAMS)}
    slices: dict[tuple[str, date], dict[str | None, _Slice]] = defaultdict(lambda: defaultdict(_Slice))
    for repository, commit, person, landed_at, authored_at, offset in read(_CHANGES):
        quarter = quarter_of(_instant(landed_at).date())
        part = slices[repository, quarter][team_of.get((repository, commit))]
        found = marks(authored_at, offset)
        part.counts.update(found)
        if "timed" in found:
            part.people.add(person)
    rows: list[Row] = []
    for repository, quarters in _ended(slices, horizons).items():
        for quarter in quarters:
            rows.extend(_rows(repository, quarter, slices[repository, quarter]))
    return {TEAM_PACE.name: rows}


def quarter_of(day: date) -> date:
    """Return the first day of the quarter."""
    return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)


def marks(authored_at: int | None, offset_minutes: int | None) -> list[str]:
    """Return what a change counts as; the time is microseconds since 1970 in UTC."""
    if authored_at is None or offset_minutes is None:
        return ["changes"]
    local = _instant(authored_at) + timedelta(minutes=offset_minutes)
    found = ["changes", "timed"]
    if offset_minutes == 0:
        found.append("utc")
    if local.weekday() >= 5:
        found.append("weekend")
    if local.hour >= LATE_FROM or local.hour < LATE_UNTIL:
        found.append("late")
    return found


def _ended(slices: Iterable[tuple[str, date]], horizons: Mapping[str, datetime]) -> dict[str, list[date]]:
    """Return the newest ended quarters of each repository: one that still runs grows by single changes from day to day."""
    found: dict[str, list[date]] = defaultdict(list)
    for repository, quarter in sorted(slices):
        # By date, not the last so many that have changes: the one before these is read in part only.
        if 0 < _number(horizons[repository].date()) - _number(quarter) <= QUARTERS:
            found[repository].append(quarter)
    return found


def _number(day: date) -> int:
    """Return the number of a day's quarter."""
    return day.year * 4 + (day.month - 1) // 3


def _rows(repository: str, quarter: date, parts: Mapping[str | None, _Slice]) -> Iterable[Row]:
    shown = shown_slices({team: part.people for team, part in parts.items()})
    if shown is None:
        return
    whole = _Slice()
    for part in parts.values():
        whole.people |= part.people
        whole.counts += part.counts
    yield _row(repository, None, quarter, whole)
    for team in sorted(shown):
        yield _row(repository, team, quarter, parts[team])


def _row(repository: str, team: str | None, quarter: date, part: _Slice) -> Row:
    counted = (part.counts[mark] for mark in ("changes", "timed", "utc", "weekend", "late"))
    return (repository, team, quarter, len(part.people), *counted)


def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)
