/* ---
title: Every repository says where to report a weakness
why: Who finds a weakness and no address for it tells the public, or nobody.
duty: standards
weight: supports
examines: select distinct repository, repository as subject from files
severity: low
owner: role:head-of-engineering
exact: true
fix: "Add a SECURITY.md to {subject} that says where to report; one kept for a whole organisation is not visible from here."
--- */
select distinct
    f.repository as subject,
    'has no security policy of its own' as message,
    f.repository
from files as f
where not exists (
    select 1
    from repository_papers as p
    where p.repository = f.repository and p.paper = 'security_policy'
)
order by subject
