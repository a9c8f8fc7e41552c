/* ---
title: More than one person knows each area
why: When the only one who knows an area is away, it cannot be changed safely; when they leave, it has to be learned anew.
duty: [ownership, team_health, judgement]
weight: required
examines: select repository || '/' || area as subject from truck_factors where area is not null and files_with_author > 0
applies: select coalesce(max(people), 0) > 1 from truck_factors where area is null
severity: high
owner: role:head-of-engineering
exact: true
fix: Let a second person take the next changes in {area}/ and review them with the first.
--- */
select
    t.repository || '/' || t.area as subject,
    'depends on one person: without them ' || cast(round(100 * (1 - t.rest / t.files)) as bigint) || ' % of its '
    || t.files || ' files have no author left; ' || t.changes_90d
    || case when t.changes_90d = 1 then ' change' else ' changes' end || ' in 90 days' as message,
    t.repository,
    t.area,
    t.area as source_path
from (
    select
        f.*,
        f.files_with_author - f.sole_first_files as rest
    from area_concentration as f
) as t
where t.truck_factor = 1 and t.area is not null
order by subject
