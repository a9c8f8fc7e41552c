/* ---
title: Documents that explain others say which
why: What supports nothing that prevails is a specification of its own, and nobody approved it.
duty: document_lifecycle
weight: required
examines: select repository, path as subject from derived_documents
applies: select count(*) > 0 from document_classes where derived_from is not null
severity: medium
group_by: class_id
owner: role:head-of-engineering
exact: true
fix: "Name in {subject} the document that it is derived from."
--- */
select
    s.path as subject,
    case
        when s.written is null then 'does not say which document it is derived from'
        else 'is derived from ' || s.written || ', which is not there'
    end as message,
    s.repository,
    s.path as source_path,
    coalesce(s.line, 1) as source_line,
    s.class_id
from derived_documents as s
where s.source_path is null
order by subject
