/* ---
title: Every repository states its licence
why: Without a licence nobody may use the code, and nobody knows under what terms others gave it.
duty: intellectual_property
weight: required
examines: select distinct repository as subject from files
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Add a LICENSE file to {subject}, or say there that all rights are reserved."
--- */
select
    r.repository as subject,
    'states no licence at its root' as message,
    r.repository
from (
    select distinct f.repository
    from files as f
) as r
where not exists (
    select 1
    from files as f
    where f.repository = r.repository and regexp_full_match(lower(f.path), '(([.]github|docs|doc)/)?(li[cs]en[cs]es?|copying|copyright|unlicense)([-._ ].*)?|licenses/.*')
)
order by subject
