/* ---
title: Landed changes that weaken what is enforced
why: A test that is deleted, skipped or told to expect something else redefines what the system must do.
duty: no_silent_redefinition
unit: share of the changes of the past year that were judged
direction: down
--- */
with landed as (
    select l.repository, l.change_id, l.landed_at, l.subject
    from landed_changes as l
    cross join run
    where l.landed_at > run.as_of_at - to_days(365)
),

judged as (
    select
        l.repository, l.change_id, l.landed_at,
        bool_and(j.is_readable) as is_readable,
        sum(j.weaker) as weaker
    from landed as l
    inner join landed_commits as c on l.repository = c.repository and l.change_id = c.change_id
    inner join judged_commits as j on c.repository = j.repository and c.commit_id = j.commit_id
    group by l.repository, l.change_id, l.landed_at
)

select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where j.weaker > 0) / count(*) as value,
    count(*) as n,
    count(*) / (select count(*) from landed) as coverage
from judged as j
where j.is_readable
having count(*) > 0
union all by name
select
    cast(date_trunc('month', j.landed_at at time zone 'UTC') as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where j.weaker > 0) / count(*) as value,
    count(*) as n,
    cast(null as double) as coverage
from judged as j
where j.is_readable
group by date_trunc('month', j.landed_at at time zone 'UTC')
order by period nulls first
