/* ---
title: Every path of a service matches a file
why: A pattern that matches nothing is a service that was moved or misspelt; its changes are counted for nobody.
duty: [ownership, lifecycle]
weight: supports
examines: >-
  select repository, service || ' ' || pattern as subject from service_paths
  where basis = 'declared' and (matched_files is not null or problem is not null)
applies: select count(*) > 0 from service_paths where basis = 'declared'
severity: medium
owner: role:head-of-engineering
exact: true
fix: Correct {pattern} in {source_path}, or take it out.
--- */
select
    s.service || ' ' || s.pattern as subject,
    coalesce(s.problem, 'matches no file of the repository') as message,
    s.repository,
    s.service,
    s.pattern,
    s.source_path,
    s.source_line
from service_paths as s
-- Where the repository was not looked at, nothing is known of its files.
where s.basis = 'declared' and (s.matched_files = 0 or s.problem is not null)
order by subject
