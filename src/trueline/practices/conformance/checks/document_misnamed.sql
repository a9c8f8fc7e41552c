/* ---
title: Documents are named as their class says
why: A document that is not named as others are is not found, and soon written twice.
duty: document_lifecycle
weight: supports
examines: |
  select d.repository, d.path as subject from governed_documents as d
  inner join document_classes as c on d.class_id = c.class_id where c.name_pattern is not null
applies: select count(*) > 0 from document_classes where name_pattern is not null
severity: low
group_by: cause
owner: role:head-of-engineering
exact: true
fix: "Rename {subject} so that its name matches {name_pattern}."
--- */
select
    d.path as subject,
    'is not named as a ' || d.class_id || ' is' as message,
    d.repository,
    d.path as source_path,
    1 as source_line,
    c.name_pattern,
    d.class_id || ' in ' || regexp_extract(d.path, '^(.*/)?', 0) as cause
from governed_documents as d
inner join document_classes as c on d.class_id = c.class_id
where
    c.name_pattern is not null
    and not regexp_full_match(regexp_extract(d.path, '[^/]*$', 0), c.name_pattern)
order by subject
