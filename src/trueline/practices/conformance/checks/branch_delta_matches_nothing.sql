/* ---
title: What a branch wants to modify exists
why: A heading with a slip in it lands as a new requirement, and two that contradict each other are then in force.
duty: canonical_authority
weight: supports
examines: |
  select repository, branch || ' ' || item_id as subject from branch_requirements
  where nature = 'delta' and operation <> 'added' group by all
severity: medium
owner: role:head-of-engineering
status: preview
group_by: branch
parameters: {days: {default: 90, type: integer, why: Whoever left a branch alone for longer has given it up.}}
fix: "Write the heading of {item_id} on branch {branch} as the specification has it."
--- */
with stated as (
    select i.repository, i.item_id from requirement_items as i
    where i.item_id is not null and (i.nature = 'requirement' or (i.nature = 'delta' and i.kind = 'added'))
    union
    select i.repository, i.attributes[2][4:] as item_id from requirement_items as i
    where i.nature = 'delta' and starts_with(i.attributes[2], 'to=')
),

-- What the branch itself states, or promises, counts for it alone.
own as (
    select distinct f.repository, f.branch, case when starts_with(i.attributes[2], 'to=') then i.attributes[2][4:] else i.item_id end as item_id
    from branch_files as f
    inner join branch_items as i on f.repository = i.repository and f.path = i.path and f.blob_id = i.blob_id
    where i.nature = 'requirement' or (i.nature = 'delta' and (i.kind = 'added' or starts_with(i.attributes[2], 'to=')))
)

select
    r.branch || ' ' || r.item_id as subject,
    'is to be ' || min(r.operation) || ', and neither the main line nor the branch has such a requirement' as message,
    r.repository,
    min(r.path) as source_path,
    arg_min(r.line, r.path) as source_line,
    r.branch,
    r.item_id
from branch_requirements as r
cross join run
cross join parameters
left join stated as s on r.repository = s.repository and r.item_id = s.item_id
left join own as o on r.repository = o.repository and r.branch = o.branch and r.item_id = o.item_id
where r.nature = 'delta' and r.operation <> 'added' and s.item_id is null and o.item_id is null
    and r.last_committed_at > run.as_of_at - to_days(parameters.days)
group by r.repository, r.branch, r.item_id
order by subject
