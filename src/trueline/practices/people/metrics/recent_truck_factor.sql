/* ---
title: Recent truck factor
why: Degree of authorship never forgets; this tells on how few of those who work here now the code rests.
duty: [ownership, team_health]
unit: people
direction: up
--- */
select
    cast(null as date) as period,
    case
        when (select count(*) from repositories) = 1 then a.area
        when a.area is null then a.repository
        else a.repository || '/' || a.area
    end as subject,
    a.depends_on as value,
    a.files_changed as n,
    a.files_changed / a.files as coverage,
    a.people,
    a.first_share,
    a.algorithm,
    a."window",
    a.as_of
from area_familiarity as a
where a.files_changed > 0
