/* ---
title: Finished changes in no release
why: They are paid for and have reached nobody.
duty: flow
unit: changes
direction: down
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    sum(r.waiting) as value,
    sum(r.waiting) as n,
    cast(1 as double) as coverage
from release_rhythms as r
having count(*) > 0
union all by name
select
    cast(null as date) as period,
    r.repository as subject,
    r.waiting as value,
    r.waiting as n,
    cast(1 as double) as coverage
from release_rhythms as r
