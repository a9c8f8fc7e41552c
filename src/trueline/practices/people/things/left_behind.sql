/* ---
title: An area whose authors are silent
rule: area_left_behind
figure: "{value:.0f} %"
sentence: "{value:.0f} % of {area}/ was written by people who have landed nothing for half a year"
details:
  - "of its {n:,} source and test files, by degree of authorship over the whole history"
  - "others changed its files {changes:,} {changes|time|times} meanwhile"
  - "the same is true of {others:,} more {others|area|areas}, of {areas:,} examined"
--- */
with judged as (
    select
        a.*,
        case when (select count(*) from repositories) = 1 then a.area else a.repository || '/' || a.area end as place
    from area_familiarity as a
    where a.area is not null and a.files >= 10 and a.changes_180d > 0 and a.silent_share is not null
),

-- The same line as the check that shows the rows.
behind as (
    select j.*
    from judged as j
    where j.silent_share >= 0.8
)

select
    -- Never more than it is: 99.6 % is not all of it.
    floor(100 * b.silent_share) as value,
    b.files as n,
    b.place as area,
    b.changes_180d as changes,
    nullif((select count(*) from behind) - 1, 0) as others,
    (select count(*) from judged) as areas,
    -- The more others change it the sooner they miss who knew; where most areas are like that it is the project's age.
    least(0.9, 0.3 + 0.1 * ln(b.changes_180d))
    * case when 2 * (select count(*) from behind) <= (select count(*) from judged) then 1 else 0.5 end as surprise,
    -- Half a year of silence is no leave-taking, and the share of a few files is soon another.
    0.8 * least(1, b.files / 30) as certainty
from behind as b
order by b.changes_180d desc nulls last, b.files desc nulls last, b.place nulls last
limit 1
