/* ---
title: A requirement is stated once
why: Two statements of one id drift apart, and each reader believes another.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_scope where item_id is not null
severity: high
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
    c.affected
from requirement_causes as c
where c.cause in ('duplicate', 'conflicting')
order by subject
