/* ---
title: The pace changed
rule: landed_changes_per_week
figure: "{change}"
sentence: "half a year brought {recent:,} landed changes, the half year before {earlier:,}"
details:
  - "changes by people on the main line, 26 whole weeks each"
--- */
with counted as (
    select
        count(*) filter (where c.landed_at > h.horizon_at - to_days(182)) as recent,
        count(*) filter (where c.landed_at <= h.horizon_at - to_days(182)) as earlier
    from landed_changes as c
    inner join horizons as h on c.repository = h.repository
    where c.landed_at > h.horizon_at - to_days(364) and c.actor_kind <> 'bot'
)

select
    c.recent as value,
    c.recent + c.earlier as n,
    c.recent,
    c.earlier,
    case when c.recent >= c.earlier then '+' else '−' end
    || cast(round(100 * abs(c.recent - c.earlier) / c.earlier) as bigint) || ' %' as change,
    least(1, 0.6 * abs(ln((c.recent + 1) / (c.earlier + 1)))) as surprise,
    least(1, (c.recent + c.earlier) / 200) as certainty
from counted as c
where c.earlier >= 20
