/* ---
title: What tests and checks lost in the past year
rule: changes_that_weaken
figure: "{value:,} of {n:,}"
sentence: "{value:,} of {n:,} changes of the past year {value|weakens|weaken} what tests and checks enforce"
details:
  - "newest, {day}: {path}: {unit}"
  - "it was {old}, and is {new}"
  - "it was {gone}, and is gone"
  - "most often: {kind}, {times:,} {times|time|times}"
  - "the section that rules there is {spec}"
  - "{left:,} {left|change is|changes are} not judged yet"
--- */
with landed as (
    select l.repository, l.change_id, l.landed_at, c.commit_id
    from landed_changes as l
    inner join landed_commits as c on l.repository = c.repository and l.change_id = c.change_id
    cross join run
    where l.landed_at > run.as_of_at - to_days(365)
),

judged as (
    select l.*, j.weaker
    from landed as l
    inner join judged_commits as j on l.repository = j.repository and l.commit_id = j.commit_id
    where j.is_readable
),

lost as (
    select j.repository, j.change_id, j.landed_at, e.kind, e.path, e.unit, e.old, e.new, e.number, e.is_certain
    from judged as j
    inner join enforcement_changes as e on j.repository = e.repository and j.commit_id = e.commit_id
    where e.is_weaker
),

newest as (
    select * from lost where is_certain order by landed_at desc nulls last, number nulls last limit 1
),

often as (
    select replace(kind, '_', ' ') as kind, count(*) as times from lost group by kind order by times desc, kind limit 1
),

counted as (
    select
        count(distinct (l.repository, l.change_id)) filter (where l.weaker > 0) as weaker,
        count(distinct (l.repository, l.change_id)) as n
    from judged as l
)

select
    c.weaker as value,
    c.n,
    strftime(w.landed_at at time zone 'UTC', '%-d %b %Y') as day,
    w.path,
    left(w.unit, 80) as unit,
    case when w.new is not null then left(w.old, 70) end as old,
    left(w.new, 70) as new,
    case when w.new is null then left(w.old, 90) end as gone,
    o.kind,
    o.times,
    (select min(g.spec_path) from governed_paths as g where g.repository = w.repository and g.path = w.path) as spec,
    nullif((select count(distinct (l.repository, l.change_id)) from landed as l) - c.n, 0) as left,
    -- A change of an expectation is everyday work; one change in ten is news.
    least(0.9, 0.3 + 2.5 * c.weaker / c.n) as surprise,
    0.85 * least(1, c.n / 40) as certainty
from counted as c
left join newest as w on true
left join often as o on true
where c.weaker > 0
