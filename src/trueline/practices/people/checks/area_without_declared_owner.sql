/* ---
title: Every area has a declared owner
why: Where CODEOWNERS names nobody, a change is reviewed by whoever happens to look.
duty: ownership
weight: required
examines: >-
  select distinct p.repository, p.area || '/' as subject from path_areas as p
  inner join path_owners as o on p.repository = o.repository and p.path = o.path
  where o.codeowners_path is not null
applies: select count(*) > 0 from codeowners_usage
severity: medium
owner: role:head-of-engineering
exact: true
parameters:
  least_share: {default: 0.5, type: decimal, why: An area with a few unowned files is still owned.}
fix: Add a line for {area}/ to CODEOWNERS.
--- */
select
    p.area || '/' as subject,
    'has ' || count(*) filter (where len(o.owners) = 0) || ' of ' || count(*) || ' source files without a declared owner' as message,
    p.repository,
    p.area,
    p.area as source_path
from path_areas as p
inner join path_owners as o on p.repository = o.repository and p.path = o.path
cross join parameters
where o.codeowners_path is not null
group by p.repository, p.area, parameters.least_share
having count(*) filter (where len(o.owners) = 0) > (1 - cast(parameters.least_share as double)) * count(*)
order by subject
