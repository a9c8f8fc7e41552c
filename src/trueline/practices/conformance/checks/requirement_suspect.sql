/* ---
title: What covers a requirement was looked at since the requirement changed
why: Nobody knows whether it still covers it.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_citations where state in ('covers', 'suspect')
severity: medium
owner: role:head-of-engineering
exact: true
fix: Look at what covers {subject}, then renew the digest of its link.
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
where c.cause = 'suspect'
order by subject
