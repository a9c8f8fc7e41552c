/* ---
title: Requirements do not cover each other in a circle
why: In a circle everything is covered and nothing is built.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_citations where role <> 'depends'
severity: medium
owner: role:head-of-engineering
exact: true
fix: Take out one link of the circle through {subject}.
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
where c.cause = 'circular'
order by subject
