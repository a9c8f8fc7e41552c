/* ---
title: Requirements whose tagged code the tests reached
why: A test that never reaches the code verifies something else.
duty: canonical_authority
unit: share of the requirements whose tagged code was measured
direction: up
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where r.is_exercised) / count(r.is_exercised) as value,
    count(r.is_exercised) as n,
    count(r.is_exercised) / count(*) as coverage
from requirement_reach as r
having count(r.is_exercised) > 0
