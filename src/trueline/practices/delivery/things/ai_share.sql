/* ---
title: Changes that name an AI
rule: ai_share
figure: "{share:.0f} %"
sentence: "at least {value:,} of {n:,} changes that landed in twelve months {value|names|name} an AI as author or helper"
details:
  - "{agents:,} of them {agents|was|were} written by an agent itself"
  - "a trailer is easily left out, so this is the least it can be"
--- */
select
    count(*) filter (where c.actor_kind in ('ai_assisted', 'ai_autonomous')) as value,
    count(*) as n,
    nullif(count(*) filter (where c.actor_kind = 'ai_autonomous'), 0) as agents,
    100 * count(*) filter (where c.actor_kind in ('ai_assisted', 'ai_autonomous')) / count(*) as share,
    -- Few are expected by now; that a third of all work names one is not.
    least(0.8, 0.05 + 2 * count(*) filter (where c.actor_kind in ('ai_assisted', 'ai_autonomous')) / count(*)) as surprise,
    least(1, count(*) / 50) as certainty
from landed_changes as c
inner join horizons as h on c.repository = h.repository
where c.landed_at > h.horizon_at - to_days(365) and c.actor_kind <> 'bot'
having count(*) filter (where c.actor_kind in ('ai_assisted', 'ai_autonomous')) > 0
