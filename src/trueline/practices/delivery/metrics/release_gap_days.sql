/* ---
title: Days between releases
why: The rhythm says how long finished work usually waits.
duty: [flow, indicators]
unit: days, median over the two years before the last release
direction: down
--- */
with gaps as (
    select d.gap_days
    from release_days as d
    inner join release_rhythms as r on d.repository = r.repository and d.released_on > r.last_on - to_days(730)
    where d.gap_days is not null
)

select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    median(cast(g.gap_days as double)) as value,
    count(*) as n,
    cast(1 as double) as coverage
from gaps as g
union all by name
select
    cast(null as date) as period,
    r.repository as subject,
    r.usual_gap_days as value,
    r.gaps as n,
    cast(1 as double) as coverage
from release_rhythms as r
where r.gaps > 0
