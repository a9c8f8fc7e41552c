/* ---
title: The pace changed
rule: landed_changes_per_week
figure: "{change}"
sentence: "{recent:,} {recent|change|changes} landed in half a year, after {earlier:,} in the half year before"
details:
  - "changes by people and agents on the main line, {from_on} to {to_on}"
  - "none since {last_on}; a copy of a mirror that is no longer updated looks the same"
--- */
with counted as (
    select
        count(*) filter (where c.landed_at > h.horizon_at - to_days(182)) as recent,
        count(*) filter (where c.landed_at <= h.horizon_at - to_days(182)) as earlier,
        min(cast(h.horizon_at - to_days(364) as date)) as from_on,
        max(cast(h.horizon_at as date)) as to_on,
        case when max(c.landed_at) <= max(h.horizon_at) - to_days(28) then cast(max(c.landed_at) as date) end as last_on
    from landed_changes as c
    inner join horizons as h on c.repository = h.repository
    where
        c.landed_at > h.horizon_at - to_days(364)
        and c.actor_kind <> 'bot'
        -- A history that began within the year grew from nothing: that is no change of pace.
        and exists (
            select 1
            from main_line as m
            where m.repository = h.repository and m.landed_at <= h.horizon_at - to_days(364)
        )
),

-- How many standard deviations two counts differ by, if both came from one steady rate (Poisson). Weekly
-- counts scatter more than that, so three are asked for before anything is said.
judged as (
    select
        c.*,
        abs(c.recent - c.earlier) / sqrt(c.recent + c.earlier) as deviations
    from counted as c
    where c.recent > 0 and c.earlier > 0
)

select
    j.recent as value,
    j.recent + j.earlier as n,
    j.recent,
    j.earlier,
    j.from_on,
    j.to_on,
    j.last_on,
    case when j.recent >= j.earlier then '+' else '−' end
    || cast(round(100 * abs(j.recent - j.earlier) / j.earlier) as bigint) || ' %' as change,
    -- Half or double is 0.4, a quarter or fourfold the most there is.
    least(0.8, 0.58 * abs(ln(j.recent / j.earlier))) as surprise,
    least(1, j.deviations / 6) as certainty
from judged as j
where j.deviations >= 3
