/* ---
title: What is cited as a requirement exists
why: A tag that cites nothing proves nothing, and hides that something is not verified.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_citations where role <> 'depends'
severity: high
owner: role:head-of-engineering
status: preview
fix: Correct the id in {path}, or state the requirement.
--- */
select
    c.subject,
    c.message || ' (' || len(c.places) || case when len(c.places) = 1 then ' place' else ' places' end || ')' as message,
    c.repository,
    c.path,
    c.path as source_path,
    c.line as source_line,
    c.affected
from requirement_causes as c
-- RFC-7 where RFC is a class is a document, and what names it states and cites no requirement.
left join document_classes as k on k.is_declared and k.class_id = lower(regexp_extract(c.subject, '^([A-Za-z]+)-\d+$', 1))
where c.cause = 'orphaned' and k.class_id is null
order by c.subject
