/* ---
title: Finished changes in no release
why: They are paid for, and whoever waits for a release does not have them.
duty: flow
unit: changes
direction: down
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    cast(sum(r.waiting) as bigint) as value,
    cast(sum(r.waiting) as bigint) as n,
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
