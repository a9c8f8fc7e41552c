/* ---
title: Releases that needed repair
rule: release_followed_by_repair
figure: "{share:.0f} %"
sentence: "{repaired:,} of {n:,} releases in twelve months {repaired|was|were} followed by a patch or a revert within three days"
details:
  - "90 % interval {low:.0f} to {high:.0f} %{verdict}"
--- */
with counted as (
    select
        cast(count(*) as double) as n,
        cast(count(*) filter (where p.hotfix_tag is not null or p.reverts > 0) as double) as repaired
    from release_repairs as p
    where p.is_settled and p.is_recent
),

-- Wilson's score interval at 90 %.
bounds as (
    select
        c.n,
        c.repaired,
        (c.repaired / c.n + 2.706 / (2 * c.n)) / (1 + 2.706 / c.n) as middle,
        1.645 * sqrt(c.repaired / c.n * (1 - c.repaired / c.n) / c.n + 2.706 / (4 * c.n * c.n)) / (1 + 2.706 / c.n) as half
    from counted as c
    where c.n > 0
)

select
    cast(b.repaired as bigint) as value,
    cast(b.n as bigint) as n,
    cast(b.repaired as bigint) as repaired,
    100 * b.repaired / b.n as share,
    100 * greatest(0, b.middle - b.half) as low,
    100 * least(1, b.middle + b.half) as high,
    case when b.n < 20 then '; too few to call a trend' else '' end as verdict,
    -- Half of all releases is as surprising as it gets.
    least(0.9, 2 * b.repaired / b.n) as surprise,
    -- Below twenty the interval is wider than most answers.
    least(1, b.n / 20) as certainty
from bounds as b
where b.repaired > 0 and b.n >= 4
