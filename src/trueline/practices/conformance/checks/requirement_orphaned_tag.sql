/* ---
title: What is cited as a requirement exists
why: A tag that cites nothing proves nothing, and hides that something is not verified.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_citations where role <> 'depends'
severity: high
owner: role:head-of-engineering
exact: true
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
where c.cause = 'orphaned'
order by subject
