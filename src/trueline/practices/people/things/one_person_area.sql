/* ---
title: An area that one person knows
rule: area_known_by_one_person
figure: "{value:.0f} %"
sentence: "{area}/ depends on one person"
details:
  - "without them {value:.0f} % of its {n:,} source files have no author left"
  - "its files changed {changes:,} {changes|time|times} in 90 days"
  - "so {others|does|do} {others:,} more {others|area|areas}, of {areas:,} examined"
--- */
with judged as (
    select
        a.*,
        case when (select count(*) from repositories) = 1 then a.area else a.repository || '/' || a.area end as place,
        a.files_with_author - a.sole_first_files as files_left
    from area_concentration as a
    where a.area is not null and a.files_with_author > 0
),

single as (
    select j.*
    from judged as j
    inner join truck_factors as w on j.repository = w.repository and w.area is null
    where
        j.truck_factor = 1
        and w.people > 1
        -- Where all the code rests on one person and every part of it too, the truck factor says so.
        and (w.truck_factor > 1 or exists (
            select 1
            from judged as other
            where other.repository = j.repository and other.truck_factor > 1
        ))
)

select
    100 * (1 - s.files_left / s.files) as value,
    s.files as n,
    s.place as area,
    nullif(s.changes_90d, 0) as changes,
    nullif((select count(*) from single) - 1, 0) as others,
    (select count(*) from judged) as areas,
    -- It matters where work goes on: a folder that nobody touches can wait. Where all areas are like that
    -- it is how the project is.
    case when s.changes_90d = 0 then 0.06 else least(0.9, 0.4 + 0.1 * ln(s.changes_90d)) end
    * case when (select count(*) from single) < (select count(*) from judged) then 1 else 0.3 end as surprise,
    -- The share of a few files is soon another.
    least(1, s.files / 30) as certainty
from single as s
order by s.changes_90d desc nulls last, s.files desc nulls last, s.place nulls last
limit 1
