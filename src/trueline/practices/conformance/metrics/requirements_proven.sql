/* ---
title: Requirements whose tests passed at this commit
why: A tag in a comment proves nothing; a test that passed here does.
duty: canonical_authority
unit: share of the active requirements
direction: up
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where r.tests > 0 and r.tests_passed = r.tests) / count(*) as value,
    count(*) as n,
    1.0 as coverage
from requirement_runs as r
having count(*) > 0
