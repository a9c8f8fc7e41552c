/* ---
title: How few people the code rests on
rule: truck_factor
figure: "{value:,}"
sentence: "more than half of {code} rests on {whom}"
details:
  - "without them more than half of its {files:,} source and test files have no author left"
  - "degree of authorship over the whole history, so some may have left long ago"
--- */
select
    t.truck_factor as value,
    t.files as n,
    t.files,
    case when t.repositories = 1 then 'the code' else t.repository end as code,
    case
        when t.people = 1 then 'one person, its only author'
        when t.truck_factor = t.people then 'all its ' || t.people || ' authors'
        when t.truck_factor = 1 then 'one of its ' || t.people || ' authors'
        else t.truck_factor || ' of its ' || t.people || ' authors'
    end as whom,
    -- Few is a risk, and few of many is news: a project of one author is expected to rest on one.
    case when t.people = 1 then 0.1 else 0.9 * (1 - t.truck_factor / t.people) / sqrt(t.truck_factor) end as surprise,
    -- The factor of a handful of files moves with every one of them.
    least(1, t.files / 50) as certainty
from (
    select
        f.*,
        (select count(*) from repositories) as repositories
    from truck_factors as f
) as t
where t.area is null and t.truck_factor > 0 and t.files >= 10
order by t.files desc nulls last, t.repository nulls last
limit 1
