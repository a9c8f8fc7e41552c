/* ---
title: Finished work is released in the usual time
why: Work that has landed and reached nobody is money spent without effect, and it makes the next release riskier.
duty: [flow, success]
weight: required
examines: select repository, repository as subject from release_rhythms where gaps >= 3
applies: select count(*) > 0 from releases
severity: medium
owner: role:head-of-engineering
exact: true
parameters:
  times_usual_gap: {default: 3, type: integer, why: A pause up to this many usual gaps is a holiday.}
  least_days: {default: 14, type: integer, why: Whoever releases daily may still have a quiet fortnight.}
fix: Release what waits since {oldest_waiting_on}, or say in the records that releases are no longer tagged.
--- */
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
