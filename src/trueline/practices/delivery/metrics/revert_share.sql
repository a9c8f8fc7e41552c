/* ---
title: Landed changes that take another one back
why: What has to be taken back was finished too early.
duty: indicators
unit: share of the changes by people that landed in twelve months
direction: down
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where c.is_revert) / count(*) as value,
    count(*) as n,
    cast(1 as double) as coverage
from landed_changes as c
inner join horizons as h on c.repository = h.repository
where c.landed_at > h.horizon_at - to_days(365) and c.actor_kind <> 'bot'
having count(*) > 0
