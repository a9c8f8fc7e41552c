/* ---
title: Changes landed by the same person
why: Where one person lands most changes, everything waits for them, and nobody learns to decide.
duty: [judgement, ownership]
unit: share of the landed changes of a year that whoever lands most of them has landed
direction: down
grain: quarter
--- */
select
    l.quarter as period,
    case when (select count(*) from repositories) > 1 then l.repository end as subject,
    l.first_share as value,
    l.changes_known as n,
    l.changes_known / l.changes as coverage,
    l.people,
    case when l.quarter is null then '365 days' else 'quarter' end as "window"
from landing_concentration as l
-- A few, or those that are left where the forge commits the most, say nothing of the rest.
where l.changes_known >= 10 and l.changes_known * 2 >= l.changes
