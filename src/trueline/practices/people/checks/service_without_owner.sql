/* ---
title: Every service that is not retired has an owner
why: A service that nobody answers for is found out by its users.
duty: ownership
weight: required
examines: select repository, service_id as subject from services where lifecycle is null or lifecycle <> 'retired'
applies: select count(*) > 0 from services
severity: high
owner: role:head-of-engineering
exact: true
fix: "Write `team:` in {source_path}, or retire {subject}."
--- */
select
    s.service_id as subject,
    'names no team that owns it' as message,
    s.repository,
    s.source_path,
    s.source_line
from services as s
where s.team is null and (s.lifecycle is null or s.lifecycle <> 'retired')
order by subject
