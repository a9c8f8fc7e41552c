/* ---
title: Changes reviewed by the same person
why: Where one person reviews most changes, everything waits for them, and one opinion becomes the rule.
duty: [judgement, ownership]
unit: share of the changes of a year with a review in their trailers that whoever reviews most has reviewed
direction: down
grain: quarter
--- */
select
    r.quarter as period,
    case when (select count(*) from repositories) > 1 then r.repository end as subject,
    r.first_share as value,
    r.changes_reviewed as n,
    r.changes_reviewed / r.changes as coverage,
    r.people,
    case when r.quarter is null then '365 days' else 'quarter' end as "window"
from review_concentration as r
-- Few trailers say nothing of how changes are reviewed here.
where r.changes_reviewed >= 10 and r.changes_reviewed * 4 >= r.changes
