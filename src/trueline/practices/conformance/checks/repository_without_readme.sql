/* ---
title: Every repository says what it is for
why: Whoever meets a repository without a readme has to read the code to know what it is for.
duty: standards
weight: required
examines: select distinct repository, repository as subject from files
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Write a README that says what {subject} is for, how to run it and whom to ask."
--- */
select distinct
    f.repository as subject,
    'has no readme' as message,
    f.repository
from files as f
where not exists (
    select 1
    from repository_papers as p
    where p.repository = f.repository and p.paper = 'readme'
)
order by subject
