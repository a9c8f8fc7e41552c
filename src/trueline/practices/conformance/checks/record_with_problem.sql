/* ---
title: Records can be read
why: What a record means to say and does not, nobody enforces.
duty: [document_lifecycle, canonical_authority]
weight: supports
# A document that forgot to say its kind is no record yet, and is judged all the same.
examines: >-
  select repository, path as subject from record_files
  union select repository, path from record_problems
severity: high
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
    coalesce(p.fix, 'Correct the record.') as fix
from record_problems as p
order by subject
