/* ---
title: Every repository states its licence
why: Without a licence nobody may use the code, and nobody knows under what terms others gave it.
duty: intellectual_property
weight: required
examines: select distinct repository, repository as subject from files
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Add a LICENSE file to {subject}, or say there that all rights are reserved."
--- */
select distinct
    f.repository as subject,
    'has no licence file' as message,
    f.repository
from files as f
where not exists (
    select 1
    from repository_papers as p
    where p.repository = f.repository and p.paper = 'licence'
)
order by subject
