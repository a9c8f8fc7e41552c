/* ---
title: Every runbook was read against its service not long ago
why: A step that no longer exists costs the minutes in which it hurts most.
duty: readiness
weight: supports
examines: select count(*) from runbook_drills
severity: medium
owner: role:infrastructure-and-operations-owner
parameters:
  review_days: {default: 180, type: integer, why: Services change twice a year even where nobody plans it.}
exact: true
fix: Read {subject} against {service}, mend it, and set reviewed_on.
--- */
select
    r.runbook_id as subject,
    coalesce('was last reviewed on ' || r.reviewed_on, 'was never reviewed') as message,
    r.service,
    coalesce(r.owner, 'role:infrastructure-and-operations-owner') as owner,
    r.repository,
    r.source_path,
    r.source_line
from runbook_drills as r
cross join run
cross join parameters
where r.reviewed_on is null or r.reviewed_on < run.as_of - to_days(parameters.review_days)
order by subject
