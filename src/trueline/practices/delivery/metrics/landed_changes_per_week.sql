/* ---
title: Landed changes per week
why: How much finished work arrives, whoever wrote it and however it was merged.
duty: [flow, indicators]
unit: changes; the value is the median of the last 26 whole weeks
direction: none
grain: week
--- */
with weeks as (
    select
        h.repository,
        unnest(generate_series(
            cast(date_trunc('week', cast(h.horizon_at as date)) as date) - to_days(7 * 104),
            cast(date_trunc('week', cast(h.horizon_at as date)) as date) - to_days(7),
            to_days(7)
        )) as week
    from horizons as h
),

started as (
    select
        m.repository,
        min(cast(m.landed_at as date)) as first_on
    from main_line as m
    group by m.repository
),

counted as (
    select
        cast(w.week as date) as period,
        count(c.change_id) as value
    from weeks as w
    inner join started as s on w.repository = s.repository and cast(w.week as date) >= s.first_on
    left join landed_changes as c on w.repository = c.repository and cast(w.week as date) = c.week and c.actor_kind <> 'bot'
    group by cast(w.week as date)
)

select
    c.period,
    cast(null as varchar) as subject,
    cast(c.value as double) as value,
    c.value as n,
    cast(1 as double) as coverage
from counted as c
union all by name
select
    h.day as period,
    cast(null as varchar) as subject,
    (
        select median(cast(last26.value as double))
        from (
            select c.value
            from counted as c
            order by c.period desc nulls last
            limit 26
        ) as last26
    ) as value,
    (
        select least(count(*), 26)
        from counted as c
    ) as n,
    cast(1 as double) as coverage
from (
    select max(cast(date_trunc('week', cast(z.horizon_at as date)) as date)) as day
    from horizons as z
) as h
where h.day is not null and exists (select 1 from counted)
