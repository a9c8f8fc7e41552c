/* ---
title: Only what a requirement asks for covers it
why: Either the requirement forgot to ask, or the tag cites the wrong one.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_citations where role <> 'depends'
severity: low
owner: role:head-of-engineering
exact: true
fix: Correct the id in {path}, or add the kind to what the requirement needs.
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
where c.cause = 'unwanted'
order by subject
