/* ---
title: How often each repository releases, and how long ago it last did
columns:
  repository: {type: varchar, doc: Name of the repository.}
  last_tag: {type: varchar, doc: The newest final release.}
  last_on: {type: date, doc: Its day.}
  days_since: {type: bigint, doc: Days from it to the horizon.}
  usual_gap_days: {type: double, doc: Median days between release days of the two years before the last one.}
  gaps: {type: bigint, doc: How many gaps that median is of.}
  series: {type: bigint, doc: How many series of tags (such as one per package) were taken together for it.}
  waiting: {type: bigint, doc: Changes by people that landed and are in no release.}
  waiting_fixes: {type: bigint, doc: Those of them that say they fix a defect.}
  oldest_waiting_on: {type: date, doc: The day on which the first of them landed.}
grain: one row per repository with a final release
key: [repository]
--- */
with newest as (
    select
        d.repository,
        max(d.released_on) as last_on,
        max_by(d.tag, d.released_on) as last_tag
    from release_days as d
    group by d.repository
),

rhythm as (
    select
        n.repository,
        median(cast(d.gap_days as double)) as usual_gap_days,
        count(d.gap_days) as gaps
    from newest as n
    inner join release_days as d on n.repository = d.repository and d.released_on > n.last_on - to_days(730)
    group by n.repository
),

kinds as (
    select
        n.repository,
        count(distinct coalesce(r.series, '')) as series
    from newest as n
    inner join releases as r
        on
            n.repository = r.repository
            and not r.is_prerelease
            and cast(r.released_at as date) > n.last_on - to_days(730)
            and cast(r.released_at as date) <= n.last_on
    group by n.repository
),

waiting as (
    select
        c.repository,
        count(*) as waiting,
        count(*) filter (where c.is_fix) as waiting_fixes,
        min(cast(c.landed_at as date)) as oldest_waiting_on
    from landed_changes as c
    where c.first_release is null and c.actor_kind <> 'bot'
    group by c.repository
)

select
    n.repository,
    n.last_tag,
    n.last_on,
    date_diff('day', n.last_on, cast(h.horizon_at as date)) as days_since,
    r.usual_gap_days,
    r.gaps,
    k.series,
    coalesce(w.waiting, 0) as waiting,
    coalesce(w.waiting_fixes, 0) as waiting_fixes,
    w.oldest_waiting_on
from newest as n
inner join horizons as h on n.repository = h.repository
inner join rhythm as r on n.repository = r.repository
inner join kinds as k on n.repository = k.repository
left join waiting as w on n.repository = w.repository
