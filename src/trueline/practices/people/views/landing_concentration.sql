/* ---
title: On how few people the landing of changes rests
columns:
  repository: {type: varchar, doc: Name of the repository.}
  quarter: {type: date, doc: "First day of the quarter, in UTC; null for the 365 days before the horizon."}
  changes: {type: bigint, doc: Landed changes.}
  changes_known: {type: bigint, doc: "Those of which git says who landed them. By rule committed_by_forge, a forge that commits a squash or a rebase itself does not say it; of its merges the author is who pressed the button. By rule lander_wrote_nothing, who never wrote a commit here as a person is not counted: it may be a program."}
  people: {type: bigint, doc: Persons who landed one or more of them.}
  first_share: {type: double, doc: Share of the known ones that whoever landed most of them has.}
  people_for_most: {type: bigint, doc: "How few persons together landed more than half of the known ones."}
grain: one row per repository, and one per repository and quarter of the last three years
key: [repository, quarter]
--- */
with landings as (
    select
        d.repository,
        d.change_id,
        d.landed_at,
        h.horizon_at,
        case
            when c.is_committed_by_forge is not true then p.person_key
            when len(c.parent_ids) > 1 and c.actor_kind not in ('bot', 'ai_autonomous') then a.person_key
        end as person_key
    from landed_changes as d
    inner join commits as c on d.repository = c.repository and d.change_id = c.commit_id
    inner join horizons as h on d.repository = h.repository
    left join person_keys as p on c.repository = p.repository and c.committer_key = p.author_key
    left join person_keys as a on c.repository = a.repository and c.author_key = a.author_key
    where d.landed_at <= h.horizon_at and epoch(h.horizon_at) - epoch(d.landed_at) < 3 * 365 * 86400
),

placed as (
    select
        l.repository,
        cast(null as date) as quarter,
        l.person_key
    from landings as l
    where epoch(l.horizon_at) - epoch(l.landed_at) < 365 * 86400
    union all
    select
        l.repository,
        cast(date_trunc('quarter', l.landed_at at time zone 'UTC') as date) as quarter,
        l.person_key
    from landings as l
),

by_person as (
    select
        p.repository,
        p.quarter,
        p.person_key,
        count(*) as changes
    from placed as p
    group by p.repository, p.quarter, p.person_key
),

ranked as (
    select
        b.repository,
        b.quarter,
        b.changes,
        -- What those before have landed together: who comes after more than half is not needed for it.
        coalesce(sum(b.changes) over (
            partition by b.repository, b.quarter
            order by b.changes desc nulls last, b.person_key asc nulls last
            rows between unbounded preceding and 1 preceding
        ), 0) as before,
        sum(b.changes) over (partition by b.repository, b.quarter) as known
    from by_person as b
    where b.person_key is not null
),

totals as (
    select
        b.repository,
        b.quarter,
        sum(b.changes) as changes
    from by_person as b
    group by b.repository, b.quarter
)

select
    t.repository,
    t.quarter,
    t.changes,
    coalesce(max(r.known), 0) as changes_known,
    count(r.changes) as people,
    max(r.changes) / max(r.known) as first_share,
    nullif(count(*) filter (where r.before * 2 <= r.known), 0) as people_for_most
from totals as t
left join ranked as r on t.repository = r.repository and t.quarter is not distinct from r.quarter
group by t.repository, t.quarter, t.changes
