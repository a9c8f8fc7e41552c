/* ---
title: Every runbook was followed once before it was needed
why: A page that nobody has followed is a guess.
duty: [readiness, incidents]
weight: supports
examines: select count(*) from runbook_drills
severity: high
owner: role:infrastructure-and-operations-owner
group_by: service
exact: true
fix: Hold a drill of {subject} and record it with trueline new drill.
--- */
select
    r.runbook_id as subject,
    'was followed in no drill that worked; ' || r.drills || ' held' as message,
    r.service,
    r.repository,
    r.source_path,
    r.source_line
from runbook_drills as r
where r.drills_that_worked = 0
order by subject
