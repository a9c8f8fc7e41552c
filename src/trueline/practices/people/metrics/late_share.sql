/* ---
title: Changes written at night
why: Work at night is sometimes a choice and often an alarm; when its share grows, somebody should ask.
duty: team_health
unit: share of a quarter's changes, from 22:00 to 06:00 by the author's own clock
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
    p.late_changes / p.changes_timed as value,
    p.changes_timed as n,
    p.changes_timed / p.changes as coverage,
    p.people,
    p.changes_in_utc / p.changes_timed as share_in_utc,
    case when p.quarter is null then '365 days' else 'quarter' end as "window"
from team_pace as p
where p.changes_timed > 0
