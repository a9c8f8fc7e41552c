/* ---
title: What open branches make of requirements, without those that landed
columns:
  repository: {type: varchar, doc: Name of the repository.}
  branch: {type: varchar, doc: Name of the branch.}
  nature: {type: varchar, doc: "requirement, or delta for an entry of an open change that the branch writes."}
  item_id: {type: varchar, doc: The requirement.}
  change_id: {type: varchar, doc: Folder of the open change; empty where the branch changes the requirement itself.}
  operation: {type: varchar, doc: "added, changed or removed by the branch; of a delta what it says: added, modified, removed or renamed."}
  path: {type: varchar, doc: "The file, at the end of the branch; where it began, if the branch removes it."}
  line: {type: bigint, doc: 1-based line there.}
  title: {type: varchar, doc: What people call it.}
  digest_before: {type: varchar, doc: Of what it demanded where the branch began; null where it was not.}
  digest_after: {type: varchar, doc: Of what it demands at the end of the branch; null where it is no more.}
  digest_now: {type: varchar, doc: Of what it demands on the main line; null where it is not.}
  last_committed_at: {type: timestamptz, doc: When the last commit of the branch was committed.}
grain: "one row per branch and requirement whose demands it changes, and whose new demands the main line does not have yet"
key: [repository, branch, nature, item_id, change_id]
--- */
with items as (
    -- Where one content states an id twice, both count.
    select
        i.repository, i.path, i.blob_id, i.nature, i.item_id,
        case when i.nature = 'delta' then coalesce(i.attributes[1][8:], '') else '' end as change_id,
        case when i.nature = 'delta' then i.kind else '' end as operation,
        i.line, i.title,
        coalesce(i.normative_digest, '') || ' ' || coalesce(i.revision, '') || case when i.is_active then '' else ' withdrawn' end as digest
    from branch_items as i
    where i.item_id is not null and i.nature in ('requirement', 'delta')
),

own as (
    select f.repository, f.branch, f.path, f.base_blob_id, f.blob_id
    from branch_files as f
    left join path_kinds as k on f.repository = k.repository and f.path = k.path
    where coalesce(k.kind, 'other') not in ('vendored', 'generated', 'test')
),

former as (
    select
        o.repository, o.branch, i.nature, i.item_id, i.change_id, min(i.operation) as operation, min(o.path) as path,
        arg_min(i.line, (o.path, i.line)) as line, min(i.title) as title,
        string_agg(distinct i.digest, '; ' order by i.digest nulls last) as digest
    from own as o
    inner join items as i on o.repository = i.repository and o.path = i.path and o.base_blob_id = i.blob_id
    group by o.repository, o.branch, i.nature, i.item_id, i.change_id
),

latter as (
    select
        o.repository, o.branch, i.nature, i.item_id, i.change_id, min(i.operation) as operation, min(o.path) as path,
        arg_min(i.line, (o.path, i.line)) as line, min(i.title) as title,
        string_agg(distinct i.digest, '; ' order by i.digest nulls last) as digest
    from own as o
    inner join items as i on o.repository = i.repository and o.path = i.path and o.blob_id = i.blob_id
    group by o.repository, o.branch, i.nature, i.item_id, i.change_id
),

stated as (
    select
        i.repository, i.nature, i.item_id,
        case when i.nature = 'delta' then coalesce(i.attributes[1][8:], '') else '' end as change_id,
        coalesce(i.normative_digest, '') || ' ' || coalesce(i.revision, '') || case when i.is_active then '' else ' withdrawn' end as digest
    from requirement_items as i
    where i.item_id is not null and i.nature in ('requirement', 'delta')
),

present as (
    select
        s.repository, s.nature, s.item_id, s.change_id,
        string_agg(distinct s.digest, '; ' order by s.digest nulls last) as digest
    from stated as s
    group by s.repository, s.nature, s.item_id, s.change_id
),

touched as (
    select
        coalesce(l.repository, f.repository) as repository, coalesce(l.branch, f.branch) as branch,
        coalesce(l.nature, f.nature) as nature, coalesce(l.item_id, f.item_id) as item_id,
        coalesce(l.change_id, f.change_id) as change_id,
        case
            when coalesce(l.nature, f.nature) = 'delta' then coalesce(l.operation, f.operation)
            when f.item_id is null then 'added'
            when l.item_id is null then 'removed'
            else 'changed'
        end as operation,
        coalesce(l.path, f.path) as path, coalesce(l.line, f.line) as line, coalesce(l.title, f.title) as title,
        f.digest as digest_before, l.digest as digest_after
    from latter as l
    full outer join former as f
        on l.repository = f.repository and l.branch = f.branch and l.nature = f.nature and l.item_id = f.item_id and l.change_id = f.change_id
    where l.digest is distinct from f.digest
)

select
    t.repository, t.branch, t.nature, t.item_id, t.change_id, t.operation, t.path, t.line, t.title, t.digest_before, t.digest_after,
    p.digest as digest_now,
    b.last_committed_at
from touched as t
inner join branches as b on t.repository = b.repository and t.branch = b.branch
left join present as p
    on t.repository = p.repository and t.nature = p.nature and t.item_id = p.item_id and t.change_id = p.change_id
-- What landed by a squash is on the main line, whatever became of it there; an entry that is gone was filed or given up.
where t.digest_after is distinct from p.digest
    and not (t.nature = 'delta' and t.digest_after is null)
    and not exists (
        select 1 from carried_changes as c
        where c.repository = b.repository and c.origin_commit_id = b.commit_id and c.how = 'squash'
    )
