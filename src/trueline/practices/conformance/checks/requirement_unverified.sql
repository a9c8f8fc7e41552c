/* ---
title: A requirement that is carried is verified
why: Behaviour that no test holds changes unseen.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_scope where nature = 'requirement'
severity: medium
owner: role:head-of-engineering
status: preview
fix: Cite {subject} in the test that verifies it, or write one.
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
where c.cause = 'unverified'
order by subject
