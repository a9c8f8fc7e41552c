/* ---
title: Documents are owned by a role that may own one of their class
why: Whoever owns a specification decides what the system does.
duty: canonical_authority
weight: required
examines: |
  select d.repository, d.path as subject from governed_documents as d
  inner join document_classes as c on d.class_id = c.class_id where len(c.may_own) > 0 and d.owner is not null
applies: select count(*) > 0 from document_classes where len(may_own) > 0
severity: high
owner: role:head-of-engineering
exact: true
fix: "Give {subject} one of these owners: {may_own}."
--- */
select
    d.path as subject,
    'is owned by ' || d.owner || ', which may not own a ' || d.class_id as message,
    d.repository,
    d.path as source_path,
    d.owner_line as source_line,
    array_to_string(c.may_own, ', ') as may_own
from governed_documents as d
inner join document_classes as c on d.class_id = c.class_id
where
    len(c.may_own) > 0
    and d.owner is not null
    and not list_contains(list_transform(c.may_own, lambda role: lower(role)), lower(trim(d.owner)))
order by subject
