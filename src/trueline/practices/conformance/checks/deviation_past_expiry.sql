/* ---
title: Deviations end when they said they would
why: A deviation that outlives its expiry is a silent change of the rules.
duty: deviations
weight: required
examines: select repository, deviation_id as subject from deviations where closed_on is null
applies: select count(*) > 0 from deviations
severity: high
owner: role:head-of-engineering
exact: true
fix: Close {subject}, or ask {approver} to approve a new expiry.
--- */
select
    d.deviation_id as subject,
    'expired on ' || strftime(d.expires_on, '%-d %b %Y') as message,
    coalesce(d.approver, 'the role that may approve it') as approver,
    d.repository,
    d.source_path,
    d.source_line
from deviations as d
cross join run
where d.closed_on is null and d.expires_on < run.as_of
order by subject
