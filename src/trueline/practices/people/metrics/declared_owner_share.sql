/* ---
title: Source files with a declared owner
why: What CODEOWNERS leaves out is reviewed by chance.
duty: ownership
unit: share of the source and test files of repositories that have CODEOWNERS
direction: up
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where len(o.owners) > 0) / count(*) filter (where o.codeowners_path is not null) as value,
    count(*) filter (where o.codeowners_path is not null) as n,
    count(*) filter (where o.codeowners_path is not null) / count(*) as coverage
from path_owners as o
inner join path_kinds as k on o.repository = k.repository and o.path = k.path
where k.kind in ('source', 'test')
having count(*) filter (where o.codeowners_path is not null) > 0
