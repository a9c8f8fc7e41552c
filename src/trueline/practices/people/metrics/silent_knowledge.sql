/* ---
title: Source files whose authors are all silent
why: Who wrote it may have left, and nobody hears of it until the code has to change.
duty: [ownership, team_health]
unit: share of the source and test files all of whose authors landed nothing for 180 days
direction: down
--- */
select
    cast(null as date) as period,
    case
        when (select count(*) from repositories) = 1 then a.area
        when a.area is null then a.repository
        else a.repository || '/' || a.area
    end as subject,
    a.silent_share as value,
    a.files as n,
    t.files_with_author / a.files as coverage,
    a.changes_180d,
    a.silent_after_days,
    t.algorithm,
    t."window",
    a.as_of
from area_familiarity as a
inner join truck_factors as t on a.repository = t.repository and a.area is not distinct from t.area
where a.silent_share is not null
