/* ---
title: An area that one person knows
rule: area_known_by_one_person
figure: "{share:.0f} %"
sentence: "{area}/ depends on one person"
details:
  - "they are an author of {share:.0f} % of its {files:,} source files; {changes_90d:,} {changes_90d|change|changes} there in 90 days"
  - "{others:,} more {others|area does|areas do} too, of {areas:,} examined; degree of authorship, whole history"
--- */
with single as (
    select t.*
    from truck_factors as t
    where t.area is not null and t.truck_factor = 1
)

select
    100 * s.first_share as value,
    s.files as n,
    s.area,
    s.files,
    100 * s.first_share as share,
    s.changes_90d,
    (select count(*) from single) - 1 as others,
    (select count(*) from areas) as areas,
    -- It matters where work goes on, and where not everything is like that.
    least(1, 0.4 + 0.1 * ln(1 + s.changes_90d)) * case when (select max(w.people) from truck_factors as w where w.area is null) > 1 then 1 else 0.3 end as surprise,
    least(1, s.files / 30) as certainty
from single as s
order by s.changes_90d desc nulls last, s.files desc nulls last, s.area nulls last
limit 1
