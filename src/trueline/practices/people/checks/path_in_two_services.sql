/* ---
title: Each file belongs to one service
why: What two services hold, both teams leave to the other, and each of its changes counts twice.
duty: ownership
weight: supports
examines: select repository, path as subject from service_files where basis <> 'proposed'
applies: select count(distinct service) > 1 from service_files where basis <> 'proposed'
severity: low
owner: role:head-of-engineering
exact: true
group_by: services
fix: Take the paths that {services} share out of all of them but one.
--- */
select
    f.path as subject,
    'belongs to ' || string_agg(f.service, ' and ' order by f.service asc nulls last) as message,
    f.repository,
    string_agg(f.service, ' and ' order by f.service asc nulls last) as services,
    f.path as source_path
from service_files as f
where f.basis <> 'proposed'
group by f.repository, f.path
having count(*) > 1
order by subject
