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
-- Where documents of a declared class use a word as their kind, it is a field of theirs and no slip of ours.
left join (
    select distinct o.repository, o.message
    from record_problems as o
    inner join governed_documents as d on o.repository = d.repository and o.path = d.path
    where d.is_declared and starts_with(o.message, 'no kind is named') and starts_with(o.fix, 'Known: ')
) as w on p.repository = w.repository and p.message = w.message
where w.message is null
order by subject
