/* ---
title: The index lists every document that prevails
why: What the index does not list, newcomers and agents never read.
duty: [document_lifecycle, canonical_authority]
weight: required
examines: |
  select d.repository, d.path as subject from governed_documents as d
  inner join document_classes as c on d.class_id = c.class_id
  where c.index_path is not null and d.is_canonical and d.path <> c.index_path
applies: select count(*) > 0 from document_classes where index_path is not null
severity: medium
group_by: cause
owner: role:head-of-engineering
exact: true
fix: "List {subject} in {cause}."
--- */
select
    d.path as subject,
    'is ' || d.state || ' and not listed in ' || c.index_path as message,
    d.repository,
    d.path as source_path,
    coalesce(d.state_line, 1) as source_line,
    c.index_path as cause
from governed_documents as d
inner join document_classes as c on d.class_id = c.class_id
left join document_references as r
    on d.repository = r.repository and c.index_path = r.path and d.path = r.target_path
where c.index_path is not null and d.is_canonical and d.path <> c.index_path and r.target_path is null
order by subject
