/* ---
title: Source files with a declared owner
why: What CODEOWNERS leaves out is reviewed by chance.
duty: ownership
unit: share of source and test files
direction: up
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where len(o.owners) > 0) / nullif(count(*), 0) as value,
    count(*) as n,
    cast(1 as double) as coverage
from path_owners as o
inner join path_kinds as k on o.repository = k.repository and o.path = k.path
where k.kind in ('source', 'test') and o.codeowners_path is not null
having count(*) > 0
