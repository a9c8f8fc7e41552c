/* ---
title: On how few people the reviewing of changes rests
columns:
  repository: {type: varchar, doc: Name of the repository.}
  quarter: {type: date, doc: "First day of the quarter, in UTC; null for the 365 days before the horizon."}
  changes: {type: bigint, doc: Landed changes.}
  changes_reviewed: {type: bigint, doc: Those of which a trailer says that somebody other than their author reviewed them.}
  people: {type: bigint, doc: Persons who reviewed one or more of them.}
  first_share: {type: double, doc: Share of the reviewed ones that whoever reviewed most of them has reviewed.}
grain: one row per repository, and one per repository and quarter of the last three years
key: [repository, quarter]
--- */
with changes as (
    select
        d.repository, d.change_id,
        case when n.scope = 'year' then cast(null as date) else cast(date_trunc('quarter', d.landed_at at time zone 'UTC') as date) end as quarter
    from landed_changes as d
    inner join horizons as h on d.repository = h.repository
    cross join (values ('year'), ('quarter')) as n (scope)
    where
        d.landed_at <= h.horizon_at
        and epoch(h.horizon_at) - epoch(d.landed_at) < case n.scope when 'year' then 365 * 86400 else 3 * 365 * 86400 end
),

reviews as (
    select distinct l.repository, l.change_id, p.person_key
    from landed_commits as l
    inner join commits as c on l.repository = c.repository and l.commit_id = c.commit_id
    cross join unnest(c.reviewer_keys) as r (reviewer_key)
    inner join person_keys as p on c.repository = p.repository and r.reviewer_key = p.author_key
    left join person_keys as a on c.repository = a.repository and c.author_key = a.author_key
    where p.person_key is distinct from a.person_key
),

by_person as (
    select c.repository, c.quarter, r.person_key, count(*) as reviewed
    from changes as c
    inner join reviews as r on c.repository = r.repository and c.change_id = r.change_id
    group by c.repository, c.quarter, r.person_key
),

totals as (
    select c.repository, c.quarter, count(distinct c.change_id) as changes, count(distinct r.change_id) as changes_reviewed
    from changes as c
    left join reviews as r on c.repository = r.repository and c.change_id = r.change_id
    group by c.repository, c.quarter
)

select
    t.repository,
    t.quarter,
    t.changes,
    t.changes_reviewed,
    count(b.person_key) as people,
    max(b.reviewed) / nullif(t.changes_reviewed, 0) as first_share
from totals as t
left join by_person as b on t.repository = b.repository and t.quarter is not distinct from b.quarter
group by t.repository, t.quarter, t.changes, t.changes_reviewed
