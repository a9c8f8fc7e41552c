/* ---
title: What a change modifies exists
why: A heading with a slip in it is filed as a new requirement, and two that contradict each other are then in force.
duty: canonical_authority
weight: supports
examines: |
  select repository, change_id || ' ' || item_id as subject from spec_deltas where operation <> 'added' group by all
severity: high
owner: role:head-of-engineering
exact: true
fix: "Write the heading of {subject} as {spec_path} has it{hint}."
--- */
select
    d.change_id || ' ' || d.item_id as subject,
    'is to be ' || min(d.operation) || ', and ' || any_value(d.spec_path) || ' has no such requirement' as message,
    d.repository,
    min(d.path) as source_path,
    min(d.line) as source_line,
    any_value(d.spec_path) as spec_path,
    coalesce(': ' || min(d.nearest), '') as hint
from spec_deltas as d
where d.operation <> 'added' and not d.is_in_force and not d.is_promised
group by d.repository, d.change_id, d.item_id
order by subject
