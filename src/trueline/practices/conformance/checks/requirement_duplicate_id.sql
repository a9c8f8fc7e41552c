/* ---
title: A requirement is stated once
why: Two statements of one id drift apart, and each reader believes another.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_scope where item_id is not null
severity: high
group_by: files
owner: role:head-of-engineering
exact: true
fix: Keep one statement of {subject}, and give the other an id of its own.
--- */
select
    c.subject,
    c.message || ' (' || len(c.places) || case when len(c.places) = 1 then ' place' else ' places' end || ')' as message,
    c.repository,
    c.path,
    c.path as source_path,
    c.line as source_line,
    c.affected,
    -- A file that was copied states all of its requirements a second time.
    array_to_string(list_sort(list_distinct([regexp_replace(place, ':\d+$', '') for place in c.places])), ' and ') as files
from requirement_causes as c
-- RFC-7 where RFC is a class is a document, and what names it states and cites no requirement.
left join document_classes as k on k.is_declared and k.class_id = lower(regexp_extract(c.subject, '^([A-Za-z]+)-\d+$', 1))
where c.cause in ('duplicate', 'conflicting') and k.class_id is null
order by c.subject
