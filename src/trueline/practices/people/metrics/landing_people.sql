/* ---
title: People who land most changes
why: Who lands a change has decided that it is good; where few do it, judgement does not spread.
duty: [judgement, ownership]
unit: people who together landed more than half of a year's changes
direction: up
grain: quarter
--- */
select
    l.quarter as period,
    case when (select count(*) from repositories) > 1 then l.repository end as subject,
    l.people_for_most as value,
    l.changes_known as n,
    l.changes_known / l.changes as coverage,
    l.people,
    case when l.quarter is null then '365 days' else 'quarter' end as "window"
from landing_concentration as l
-- A few, or those that are left where the forge commits the most, say nothing of the rest.
where l.changes_known >= 10 and l.changes_known * 2 >= l.changes
