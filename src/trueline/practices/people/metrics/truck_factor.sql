/* ---
title: Truck factor
why: How many people could leave before most of the code has no author.
duty: [ownership, team_health]
unit: people
direction: up
--- */
select
    cast(null as date) as period,
    t.area as subject,
    t.truck_factor as value,
    t.files as n,
    t.files_with_author / nullif(t.files, 0) as coverage,
    t.people,
    t.first_share,
    t.changes_90d,
    t.algorithm,
    t."window"
from truck_factors as t
where t.repository = (
    select min(r.repository)
    from repositories as r
    where (select count(*) from repositories) = 1
) and t.files > 0
union all by name
select
    cast(null as date) as period,
    case when t.area is null then t.repository else t.repository || '/' || t.area end as subject,
    t.truck_factor as value,
    t.files as n,
    t.files_with_author / nullif(t.files, 0) as coverage,
    t.people,
    t.first_share,
    t.changes_90d,
    t.algorithm,
    t."window"
from truck_factors as t
where (select count(*) from repositories) > 1 and t.files > 0
