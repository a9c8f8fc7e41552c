/* ---
title: Areas that one leaver would leave without anybody who knows them
why: When the last person who knows an area goes, what it means to do goes with them, and nobody notices that day.
duty: [ownership, team_health]
unit: areas
direction: down
--- */
select
    cast(null as date) as period,
    case when (select count(*) from repositories) > 1 then a.repository end as subject,
    count(*) filter (where a.people = 1) as value,
    count(*) as n,
    sum(a.files_changed) / max(t.files) as coverage,
    count(*) filter (where a.most_lost_share > 0.5) as areas_losing_most,
    any_value(a.algorithm) as algorithm,
    any_value(a."window") as "window",
    a.as_of
from areas_to_learn as a
inner join (
    select
        p.repository,
        count(*) as files
    from path_areas as p
    group by p.repository
) as t on a.repository = t.repository
group by a.repository, a.as_of
