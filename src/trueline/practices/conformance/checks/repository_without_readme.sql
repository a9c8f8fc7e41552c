/* ---
title: Every repository says what it is for
why: Whoever meets a repository without a readme has to read the code to know what it is for.
duty: standards
weight: required
examines: select distinct repository as subject from files
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Write a README that says what {subject} is for, how to run it and whom to ask."
--- */
select
    r.repository as subject,
    'has no readme' as message,
    r.repository
from (
    select distinct f.repository
    from files as f
) as r
where not exists (
    select 1
    from files as f
    where f.repository = r.repository and regexp_full_match(lower(f.path), '(([.]github|docs|doc)/)?readme([.][a-z]+)?')
)
order by subject
