/* ---
title: How few people the code rests on
rule: truck_factor
figure: "{value:,}"
sentence: "{value:,} {value|person knows|people know} more than half of the code, of {people:,} who are an author of some of it"
details:
  - "degree of authorship over the whole history; {files:,} source and test files of {repository}"
--- */
select
    t.truck_factor as value,
    t.files as n,
    t.people,
    t.files,
    t.repository,
    case when t.people <= 1 then 0.1 else least(1, 0.9 * (1 - t.truck_factor / t.people) / sqrt(t.truck_factor)) end as surprise,
    least(1, t.files / 50) as certainty
from truck_factors as t
where t.area is null and t.truck_factor > 0
order by t.files desc nulls last, t.repository nulls last
limit 1
