/* ---
title: Areas that a newcomer should learn first, and what one departure would cost
columns:
  repository: {type: varchar, doc: Name of the repository.}
  area: {type: varchar, doc: Directory of the area.}
  rank: {type: bigint, doc: "Order in which to learn them, 1 first: fewest who know it best, then most changes."}
  people: {type: bigint, doc: Persons who know one or more of its recently changed files best.}
  files_changed: {type: bigint, doc: Source and test files of it that a person changed in the window.}
  most_lost_share: {type: double, doc: Share of these that would have nobody left who knows them best if the one person left who matters most to it.}
  quiet_share: {type: double, doc: Share of these all of whose best knowers landed nothing for 90 days.}
  changes_180d: {type: bigint, doc: Changes of its files in 180 days.}
  algorithm: {type: varchar, doc: How familiarity was computed.}
  window: {type: varchar, doc: The part of history that counts.}
  as_of: {type: date, doc: The day that the figure is for.}
grain: one row per area with a file that a person changed in the window
key: [repository, area]
--- */
with quiet as (
    select
        f.repository,
        f.area,
        count(*) as files,
        count(*) filter (where f.last_landed_days >= 90) as quiet_files
    from (
        select
            k.repository,
            a.area,
            k.path,
            min(k.last_landed_days) as last_landed_days
        from file_knowers as k
        inner join path_areas as a on k.repository = a.repository and k.path = a.path
        group by k.repository, a.area, k.path
    ) as f
    group by f.repository, f.area
),

losses as (
    select
        w.repository,
        w.area,
        count(*) as people,
        max(w.files_lost) as most_lost
    from knowledge_what_if as w
    group by w.repository, w.area
)

select
    l.repository,
    l.area,
    row_number() over (
        partition by l.repository
        order by l.people asc nulls last, f.changes_180d desc nulls last, l.area asc nulls last
    ) as rank,
    l.people,
    q.files as files_changed,
    l.most_lost / q.files as most_lost_share,
    q.quiet_files / q.files as quiet_share,
    f.changes_180d,
    f.algorithm,
    f."window",
    f.as_of
from losses as l
inner join quiet as q on l.repository = q.repository and l.area = q.area
inner join area_familiarity as f on l.repository = f.repository and l.area = f.area
