/* ---
title: Days on which something final was released
columns:
  repository: {type: varchar, doc: Name of the repository.}
  released_on: {type: date, doc: "The day, in UTC."}
  tag: {type: varchar, doc: The last tag of that day.}
  tags: {type: bigint, doc: How many final releases that day had.}
  gap_days: {type: bigint, doc: Days since the release day before; null for the first.}
grain: one row per repository and day with a final release
key: [repository, released_on]
--- */
with days as (
    select
        r.repository,
        cast(r.released_at as date) as released_on,
        max_by(r.tag, r.position) as tag,
        count(*) as tags
    from releases as r
    where not r.is_prerelease
    group by r.repository, cast(r.released_at as date)
)

select
    d.repository,
    d.released_on,
    d.tag,
    d.tags,
    date_diff('day', lag(d.released_on) over (partition by d.repository order by d.released_on nulls last), d.released_on) as gap_days
from days as d
