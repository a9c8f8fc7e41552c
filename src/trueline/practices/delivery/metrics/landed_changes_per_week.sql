/* ---
title: Landed changes per week
why: How much finished work arrives, whoever wrote it and however it was merged.
duty: [flow, indicators]
unit: changes; the value is the median of the last 26 whole weeks
direction: none
grain: week
--- */
with seen as (
    -- Whole weeks only: the week of the first commit and the week that is still running are left out.
    select
        h.repository,
        cast(date_trunc('week', cast(h.horizon_at as date)) as date) as running_week,
        (
            select min(cast(m.landed_at as date))
            from main_line as m
            where m.repository = h.repository
        ) as first_on
    from horizons as h
),

weeks as (
    select cast(unnest(generate_series(last.running_week - to_days(7 * 104), last.running_week - to_days(7), to_days(7))) as date) as week
    from (
        select max(s.running_week) as running_week
        from seen as s
    ) as last
),

counted as (
    -- A week in which nothing landed counts as 0. A copy that was fetched earlier than the others says
    -- nothing of the weeks since: coverage is the share of repositories that could be seen.
    select
        w.week as period,
        (
            select count(*)
            from landed_changes as c
            inner join seen as s on c.repository = s.repository
            where c.week = w.week and w.week < s.running_week and w.week >= s.first_on and c.actor_kind <> 'bot'
        ) as landed,
        (
            select count(*) filter (where w.week < s.running_week) / nullif(count(*), 0)
            from seen as s
            where w.week >= s.first_on
        ) as coverage
    from weeks as w
    where exists (
        select 1
        from seen as s
        where w.week >= s.first_on
    )
),

lately as (
    select c.*
    from counted as c
    order by c.period desc nulls last
    limit 26
)

select
    c.period,
    cast(null as varchar) as subject,
    cast(c.landed as double) as value,
    c.landed as n,
    c.coverage
from counted as c
union all by name
-- The row without a period is the value.
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    median(cast(l.landed as double)) as value,
    count(*) as n,
    min(l.coverage) as coverage
from lately as l
having count(*) > 0
