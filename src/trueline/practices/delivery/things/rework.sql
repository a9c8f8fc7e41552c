/* ---
title: Work that is done over
rule: rework_share
figure: "{share:.0f} %"
sentence: "{value:,} of {n:,} lines that landed in twelve months were changed or deleted again within three weeks"
details:
  - "{same:.0f} % by a change of the same main author, {other:.0f} % by one of another"
  - "{fixes:,} of them {fixes|went|went} with a change that says it fixes a defect"
  - "{reverts:,} of them {reverts|went|went} with a revert"
  - "source and test files; lines that landed in the last 21 days are not judged yet"
--- */
with counted as (
    select
        sum(r.added_lines - r.lost_lines) as n,
        sum(r.reworked_lines) as reworked,
        sum(r.by_same_author) as same,
        sum(r.by_other_author) as other,
        sum(r.by_fix) as fixes,
        sum(r.by_revert) as reverts,
        count(*) as changes
    from change_rework as r
    where r.is_settled and coalesce(r.actor_kind, 'person') <> 'bot'
)

select
    cast(c.reworked as bigint) as value,
    cast(c.n as bigint) as n,
    100 * c.reworked / c.n as share,
    100 * c.same / c.reworked as same,
    100 * c.other / c.reworked as other,
    nullif(cast(c.fixes as bigint), 0) as fixes,
    nullif(cast(c.reverts as bigint), 0) as reverts,
    -- One line in twenty is usual; that a third of all work is done over is as surprising as it gets.
    least(0.9, greatest(0, 3 * (c.reworked / c.n - 0.05))) as surprise,
    -- Lines come in heaps, so it is changes that count.
    least(1, c.changes / 50) as certainty
from counted as c
where c.n > 0 and c.reworked / c.n > 0.05 and c.changes >= 10
