/* ---
title: The catalogue of services can be read
why: An entry that the catalogue's tool skips is a service that nobody finds there.
duty: ownership
weight: supports
examines: >-
  select repository, path as subject from catalog_components
  union select repository, path from catalog_problems
applies: select (select count(*) from catalog_components) + (select count(*) from catalog_problems) > 0
severity: low
owner: role:head-of-engineering
exact: true
fix: "{fix}"
--- */
select
    p.path as subject,
    p.message,
    p.repository,
    p.path as source_path,
    p.line as source_line,
    p.col as source_col,
    coalesce(p.fix, 'Correct the entry.') as fix
from catalog_problems as p
order by subject
