/* ---
title: Every repository says where to report a weakness
why: Who finds a weakness and no address for it tells the public, or nobody.
duty: standards
weight: supports
examines: select distinct repository as subject from files
severity: low
owner: role:head-of-engineering
exact: true
fix: "Add a SECURITY.md to {subject} that says where to report; one kept for a whole organisation is not visible from here."
--- */
select
    r.repository as subject,
    'has no security policy of its own' as message,
    r.repository
from (
    select distinct f.repository
    from files as f
) as r
where not exists (
    select 1
    from files as f
    where f.repository = r.repository and regexp_full_match(lower(f.path), '(([.]github|docs|doc)/)?security([.][a-z]+)?')
)
order by subject
