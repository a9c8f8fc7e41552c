/* ---
title: Changes that fall into the most changed source files
why: Where most of the work meets in few files, what is wrong with these files costs the most.
duty: technical_risk
unit: share of a year's changes of source files that fall into the most changed 5 % of them
direction: none
--- */
with counted as (
    select
        k.repository,
        coalesce(h.changes_365d, 0) as changes,
        row_number() over (
            partition by k.repository
            order by coalesce(h.changes_365d, 0) desc nulls last, k.path nulls last
        ) as place,
        ceil(0.05 * count(*) over (partition by k.repository)) as places
    from path_kinds as k
    left join file_hotspots as h on k.repository = h.repository and k.path = h.path
    where k.kind = 'source'
)

select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    sum(c.changes) filter (where c.place <= c.places) / sum(c.changes) as value,
    sum(c.changes) as n,
    cast(1 as double) as coverage,
    count(*) as files,
    count(*) filter (where c.place <= c.places) as files_in_5_percent,
    'commits by persons, counted for each source file' as algorithm,
    '365 days before the last fetch or the day asked for, whichever is earlier' as "window",
    (select run.as_of from run) as as_of
from counted as c
having sum(c.changes) > 0
