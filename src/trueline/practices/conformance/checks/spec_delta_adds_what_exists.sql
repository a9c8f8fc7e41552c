/* ---
title: What a change adds is new
why: A requirement added twice overwrites the first, or stands beside it and says something else.
duty: canonical_authority
weight: supports
examines: |
  select repository, change_id || ' ' || item_id as subject from spec_deltas where operation = 'added' group by all
severity: high
owner: role:head-of-engineering
exact: true
fix: "Modify the requirement that {spec_path} has, or give {subject} a heading of its own."
--- */
select
    d.change_id || ' ' || d.item_id as subject,
    'is to be added, and ' || any_value(d.spec_path) || ' has it already' as message,
    d.repository,
    min(d.path) as source_path,
    min(d.line) as source_line,
    any_value(d.spec_path) as spec_path
from spec_deltas as d
where d.operation = 'added' and d.is_in_force
group by d.repository, d.change_id, d.item_id
order by subject
