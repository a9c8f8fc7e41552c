/* ---
title: Tags cite the revision of a requirement that is in force
why: A tag of another revision says that somebody looked at a text that is no longer, or not yet, the requirement.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_citations where cited_revision is not null
severity: high
owner: role:head-of-engineering
exact: true
fix: Look at what changed, then cite the revision in force in {path}.
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
where c.cause in ('outdated', 'predated')
order by subject
