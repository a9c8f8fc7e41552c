/* ---
title: Who knows an area best still works here
why: Who has landed nothing for three months may be on leave or gone; while they can still be asked is the time to ask.
duty: [ownership, team_health]
weight: supports
examines: select repository, area || '/' as subject from areas_to_learn where files_changed >= 10 and changes_180d > 0
# Where nothing lands any more everybody is quiet, and nobody is leaving.
applies: select coalesce(sum(changes_180d), 1) > 0 from area_familiarity where area is null
severity: medium
owner: role:head-of-engineering
exact: true
parameters:
  least_share: {default: 0.5, type: decimal, why: "Below it, those who know most of what changed lately are still at work."}
fix: Ask those who changed {area}/ last year to go through it with somebody who will stay.
--- */
select
    a.area || '/' as subject,
    'is still changed, and of ' || cast(floor(100 * a.quiet_share) as bigint) || ' % of its ' || a.files_changed
    || ' recently changed files everybody who knows them best has landed nothing in this repository for 90 days' as message,
    a.repository,
    a.area,
    a.area as source_path
from areas_to_learn as a
cross join parameters
where
    a.files_changed >= 10
    and a.changes_180d > 0
    and a.quiet_share >= cast(parameters.least_share as double)
order by subject
