/* ---
title: Nothing lands any more
rule: landed_changes_per_week
figure: "{value:,} days"
sentence: "nothing has landed for {value:,} days"
details:
  - "the last change by a person or an agent landed on {last_on}; {before:,} landed in the half year up to it"
  - "a copy of a mirror that is no longer updated looks the same"
--- */
with newest as (
    select
        max(c.landed_at) as last_at,
        count(*) as n
    from landed_changes as c
    where c.actor_kind <> 'bot'
),

-- Of several repositories the most lively decides: all of them must be quiet.
seen as (
    select
        w.last_at,
        w.n,
        date_diff('day', cast(w.last_at as date), (
            select min(cast(h.horizon_at as date))
            from horizons as h
        )) as days
    from newest as w
)

select
    s.days as value,
    s.n,
    cast(s.last_at as date) as last_on,
    b.before,
    -- That lively work stopped is news; that a handful of changes ended is less.
    least(0.9, 0.4 + 0.1 * ln(b.before)) as surprise,
    cast(0.9 as double) as certainty
from seen as s
inner join (
    select count(*) as before
    from landed_changes as c
    inner join newest as w on c.landed_at > w.last_at - to_days(182)
    where c.actor_kind <> 'bot'
) as b on true
where s.days >= 182
