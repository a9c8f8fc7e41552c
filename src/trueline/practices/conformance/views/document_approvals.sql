/* ---
title: On how few people the approval of governed documents rests
grain: one row per repository whose governed documents persons changed in the 365 days before the horizon
key: [repository]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  changes: {type: bigint, doc: Landed changes of governed documents that persons wrote.}
  changes_known: {type: bigint, doc: "Those of which git says who landed them; a forge that commits a squash or a rebase itself does not say it."}
  changes_seen_by_others: {type: bigint, doc: Those that somebody other than a writer landed or, by a trailer, reviewed, or that two persons or more wrote.}
  writers: {type: bigint, doc: How many persons wrote them.}
--- */
with changes as (
    select distinct d.repository, d.change_id
    from document_revisions as r
    inner join landed_changes as d on r.repository = d.repository and r.change_id = d.change_id
    inner join horizons as h on d.repository = h.repository
    where
        d.landed_at <= h.horizon_at
        and epoch(h.horizon_at) - epoch(d.landed_at) < 365 * 86400
        and d.actor_kind not in ('bot', 'ai_autonomous')
),

writers as (
    select distinct c.repository, c.change_id, p.person_key
    from changes as c
    inner join landed_commits as l on c.repository = l.repository and c.change_id = l.change_id
    inner join commits as k on l.repository = k.repository and l.commit_id = k.commit_id
    inner join person_keys as p on k.repository = p.repository and k.author_key = p.author_key
    where len(k.parent_ids) < 2
),

landers as (
    select
        c.repository, c.change_id,
        case
            when k.is_committed_by_forge is not true then p.person_key
            -- The author of a forge's merge is who pressed the button.
            when len(k.parent_ids) > 1 then a.person_key
        end as person_key
    from changes as c
    inner join commits as k on c.repository = k.repository and c.change_id = k.commit_id
    left join person_keys as p on k.repository = p.repository and k.committer_key = p.author_key
    left join person_keys as a on k.repository = a.repository and k.author_key = a.author_key
),

reviewers as (
    select distinct c.repository, c.change_id, p.person_key
    from changes as c
    inner join landed_commits as l on c.repository = l.repository and c.change_id = l.change_id
    inner join commits as k on l.repository = k.repository and l.commit_id = k.commit_id
    cross join unnest(k.reviewer_keys) as r (reviewer_key)
    inner join person_keys as p on k.repository = p.repository and r.reviewer_key = p.author_key
),

seen as (
    select repository, change_id, person_key from writers
    union
    select repository, change_id, person_key from landers where person_key is not null
    union
    select repository, change_id, person_key from reviewers
),

by_change as (
    select
        c.repository, c.change_id,
        count(distinct s.person_key) as people,
        bool_or(l.person_key is not null) and count(distinct w.person_key) > 0 as is_known
    from changes as c
    left join seen as s on c.repository = s.repository and c.change_id = s.change_id
    left join landers as l on c.repository = l.repository and c.change_id = l.change_id
    left join writers as w on c.repository = w.repository and c.change_id = w.change_id
    group by c.repository, c.change_id
)

select
    b.repository,
    count(*) as changes,
    count(*) filter (where b.is_known) as changes_known,
    count(*) filter (where b.people > 1) as changes_seen_by_others,
    coalesce(any_value(w.writers), 0) as writers
from by_change as b
left join (select repository, count(distinct person_key) as writers from writers group by repository) as w on b.repository = w.repository
group by b.repository
