/* ---
title: Tests that are skipped, or may fail
why: A test that never runs still reads as if something were verified.
duty: no_silent_redefinition
unit: share of the tests that are written
direction: down
--- */
with counted as (
    select u.repository, u.is_skipped or u.is_expected_to_fail as is_idle
    from test_units as u
    inner join path_kinds as k on u.repository = k.repository and u.path = k.path
    where k.kind not in ('vendored', 'generated')
)

select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where c.is_idle) / count(*) as value,
    count(*) as n,
    cast(null as double) as coverage
from counted as c
having count(*) > 0
union all by name
select
    cast(null as date) as period,
    c.repository as subject,
    count(*) filter (where c.is_idle) / count(*) as value,
    count(*) as n,
    cast(null as double) as coverage
from counted as c
group by c.repository
order by subject nulls first
