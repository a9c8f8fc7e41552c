/* ---
title: A requirement was reviewed as it stands
why: A change that nobody reviewed is a requirement that nobody agreed to.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_scope where is_review_current is not null
severity: medium
owner: role:head-of-engineering
exact: true
fix: Review {subject}, and store the review.
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
where c.cause = 'unreviewed'
order by subject
