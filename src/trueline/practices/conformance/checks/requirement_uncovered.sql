/* ---
title: A requirement is covered by what it needs
why: What nothing carries is not built, or nobody can tell.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_scope where nature = 'requirement'
severity: medium
owner: role:head-of-engineering
status: preview
fix: Cite {subject} where it is carried, or withdraw it.
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
where c.cause = 'uncovered'
order by subject
