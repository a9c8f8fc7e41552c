/* ---
title: Who wrote an area still works here while others change it
why: Code that its authors left and others change is changed by people who have to guess what it was meant to do.
duty: [ownership, team_health]
weight: supports
examines: >-
  select repository, area || '/' as subject from area_familiarity
  where area is not null and files >= 10 and changes_180d > 0 and silent_share is not null
# Where nothing lands any more, everybody is silent and nobody is left behind.
applies: select coalesce(sum(changes_180d), 1) > 0 from area_familiarity where area is null
severity: medium
owner: role:head-of-engineering
exact: true
parameters:
  least_share: {default: 0.8, type: decimal, why: "Below it, somebody who works here wrote enough of the area to be asked."}
fix: Say who answers for {area}/ now, and let them go through it before its next change.
--- */
select
    a.area || '/' as subject,
    'changed in the last ' || a.silent_after_days || ' days, and of ' || cast(floor(100 * a.silent_share) as bigint)
    || ' % of its ' || a.files || ' files all authors have landed nothing in this repository for as long' as message,
    a.repository,
    a.area,
    a.area as source_path,
    a.changes_180d
from area_familiarity as a
cross join parameters
where
    a.area is not null
    and a.files >= 10
    and a.changes_180d > 0
    and a.silent_share >= cast(parameters.least_share as double)
order by subject
