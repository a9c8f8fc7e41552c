/* ---
title: An item of a child document has a parent
why: Nobody can say why it is there.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_scope where document is not null
severity: low
owner: role:head-of-engineering
status: preview
fix: Link {subject} to what it derives from, or mark it as derived.
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
where c.cause = 'parentless'
order by subject
