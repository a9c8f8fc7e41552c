/* ---
title: What a specification governs changes only with it
why: A test that is told to expect something else redefines the specification, and nobody was asked.
duty: no_silent_redefinition
weight: required
examines: |
  select j.repository, j.commit_id as subject from judged_commits as j
  inner join landed_commits as c on j.repository = c.repository and j.commit_id = c.commit_id
  inner join landed_changes as l on c.repository = l.repository and c.change_id = l.change_id
  cross join run
  cross join parameters
  where l.landed_at > run.as_of_at - to_days(parameters.days) and j.is_readable
applies: select count(*) > 0 from specs
severity: high
group_by: spec_path
status: preview
parameters: {days: {default: 90, type: integer, why: What is older is what everybody builds on by now.}}
fix: "Put it to {owner}: change {spec_path}, or take the test back to what it says."
--- */
with lost as (
    select l.repository, l.change_id, l.landed_at, e.kind, e.path, e.unit, e.old, e.new, e.requirement_ids
    from landed_changes as l
    inner join landed_commits as c on l.repository = c.repository and l.change_id = c.change_id
    inner join enforcement_changes as e on c.repository = e.repository and c.commit_id = e.commit_id
    cross join run
    cross join parameters
    where
        e.is_weaker
        and e.is_certain
        and e.kind in ('assertion_removed', 'assertion_weakened', 'expected_changed', 'tolerance_loosened', 'test_deleted', 'case_removed', 'golden_changed')
        and l.landed_at > run.as_of_at - to_days(parameters.days)
),

-- By the path that a specification governs, or by a requirement that the test names and the document states.
ruled as (
    select o.*, g.spec_repository, g.spec_path, g.owner
    from lost as o
    inner join governed_paths as g on o.repository = g.repository and o.path = g.path
    where g.status = 'canonical'
    union
    select o.*, i.repository as spec_repository, i.path as spec_path, s.owner
    from lost as o
    inner join requirement_items as i
        on o.repository = i.repository and list_contains(o.requirement_ids, i.item_id) and i.nature = 'requirement'
    left join specs as s on i.repository = s.repository and i.path = s.source_path
)

select
    r.path || ' ' || r.unit || ' at ' || left(r.change_id, 12) as subject,
    'lost what ' || r.spec_path || ' governs (' || replace(r.kind, '_', ' ') || ': ' || coalesce(left(r.old, 60), '')
    || case when r.new is not null then ' became ' || left(r.new, 60) else ' is gone' end || '), and that did not change with it' as message,
    r.repository,
    r.path as source_path,
    r.spec_path,
    coalesce(r.owner, 'role:head-of-engineering') as owner
from ruled as r
-- The specification may live in another repository; then no change of it can be the same one.
left join document_revisions as d
    on
        r.spec_repository = d.repository
        and r.spec_path = d.path
        and d.kind in ('normative', 'created')
        and d.changed_at between r.landed_at - to_days(90) and r.landed_at + to_days(1)
where d.path is null
order by subject
