with parameters as (select cast('3' as bigint) as times_usual_gap, cast('14' as bigint) as least_days), rule as (
select
    r.repository as subject,
    'has ' || r.waiting || case when r.waiting = 1 then ' landed change' else ' landed changes' end || ' in no release; ' || r.last_tag || ' is ' || r.days_since
    || ' days old, the usual gap is ' || cast(round(r.usual_gap_days) as bigint)
    || case when round(r.usual_gap_days) = 1 then ' day' else ' days' end
    || case when r.series > 1 then ' (' || r.series || ' series of tags taken together)' else '' end as message,
    r.repository,
    r.oldest_waiting_on
from release_rhythms as r
cross join parameters
where
    r.gaps >= 3
    and r.waiting > 0
    and r.days_since > parameters.least_days
    and r.days_since > parameters.times_usual_gap * r.usual_gap_days
order by subject
) select * from rule
