/* ---
title: Records can be read
why: What a record means to say and does not, nobody enforces.
duty: [document_lifecycle, canonical_authority]
weight: supports
examines: select count(*) from files
severity: high
owner: role:head-of-engineering
exact: true
fix: "{fix}"
--- */
select
    p.path || ' ' || p.message as subject,
    p.message,
    p.repository,
    p.path as source_path,
    p.line as source_line,
    coalesce(p.fix, 'Correct the record.') as fix
from record_problems as p
order by subject
