/* ---
title: Share of runbooks that a drill has shown to work
why: It says how much of what is written down for emergencies can be believed.
duty: readiness
unit: share
direction: up
grain: as_of
target: 0.8
--- */
select
    run.as_of as period,
    r.service as subject,
    cast(count(case when r.drills_that_worked > 0 then r.runbook_id end) as double)
        / nullif(count(r.runbook_id), 0) as value,
    count(r.runbook_id) as n,
    1.0 as coverage
from run
left join runbook_drills as r on true
group by grouping sets ((run.as_of), (run.as_of, r.service))
having grouping(r.service) = 1 or r.service is not null
