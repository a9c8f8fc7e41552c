/* ---
title: More than one person knows each area
why: When the only one who knows an area is away, it cannot be changed safely; when they leave, it has to be learned anew.
duty: [ownership, team_health, judgement]
weight: required
examines: select repository, area || '/' as subject from truck_factors where area is not null and files_with_author > 0
# Of one author alone nothing else is to be expected; where authors cannot be known, the answer is unknown.
applies: select coalesce(max(people), 2) > 1 from truck_factors where area is null
severity: medium
owner: role:head-of-engineering
exact: true
fix: Let a second person take the next changes in {area}/ and review them with the first.
--- */
select
    t.area || '/' as subject,
    'depends on one person: without them ' || cast(round(100 * (1 - t.rest / t.files)) as bigint) || ' % of its '
    || t.files || ' files have no author left; '
    || case
        when t.changes_90d = 0 then 'none of them changed in 90 days'
        when t.changes_90d = 1 then 'they changed once in 90 days'
        else 'they changed ' || t.changes_90d || ' times in 90 days'
    end as message,
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
