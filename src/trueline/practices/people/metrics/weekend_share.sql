/* ---
title: Changes written on weekends
why: A team that writes more and more on weekends carries more than its week holds, long before anybody says so.
duty: team_health
unit: share of a quarter's changes, by the author's own clock
direction: down
grain: quarter
--- */
select
    p.quarter as period,
    case
        when (select count(*) from repositories) = 1 then p.team
        when p.team is null then p.repository
        else p.repository || ' ' || p.team
    end as subject,
    p.weekend_changes / p.changes_timed as value,
    p.changes_timed as n,
    p.changes_timed / p.changes as coverage,
    p.people,
    p.changes_in_utc / p.changes_timed as share_in_utc,
    case when p.quarter is null then '365 days' else 'quarter' end as "window"
from team_pace as p
where p.changes_timed > 0
