/* ---
title: Requirements that a test says it verifies
why: What no test names can change without anybody noticing.
duty: canonical_authority
unit: share of the active requirements
direction: up
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where r.tests > 0) / count(*) as value,
    count(*) as n,
    1.0 as coverage
from requirement_tests as r
having count(*) > 0
