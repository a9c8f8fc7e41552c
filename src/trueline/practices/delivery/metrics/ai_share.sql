/* ---
title: Landed changes that name an AI as author or helper
why: Who changes the code decides who has to read it; this is the least it can be, because many leave no trace.
duty: indicators
unit: share, at least, of the changes that landed in twelve months
direction: none
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where c.actor_kind in ('ai_assisted', 'ai_autonomous')) / count(*) as value,
    count(*) as n,
    cast(1 as double) as coverage,
    count(*) filter (where c.actor_kind = 'ai_autonomous') as by_an_agent
from landed_changes as c
inner join horizons as h on c.repository = h.repository
where c.landed_at > h.horizon_at - to_days(365) and c.actor_kind <> 'bot'
having count(*) > 0
