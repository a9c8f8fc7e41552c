/* ---
title: Documents go through their states as their class says
why: A specification that was never reviewed has nobody's word behind it.
duty: document_lifecycle
weight: required
examines: |
  select r.repository, r.path || ' at ' || left(r.change_id, 12) as subject from document_revisions as r
  inner join document_classes as c on r.class_id = c.class_id
  where len(c.transitions) > 0 and r.state_before <> r.state_after
applies: select count(*) > 0 from document_classes where len(transitions) > 0
severity: medium
owner: role:head-of-engineering
exact: true
parameters: {days: {default: 365, type: integer, why: Older jumps teach nobody anything.}}
fix: "Take {source_path} through the states between, or let its class allow `{jump}`."
--- */
select
    r.path || ' at ' || left(r.change_id, 12) as subject,
    'went from ' || r.state_before || ' to ' || r.state_after || ', which a ' || r.class_id || ' may not' as message,
    r.repository,
    r.path as source_path,
    r.state_before || ' > ' || r.state_after as jump
from document_revisions as r
inner join document_classes as c on r.class_id = c.class_id
cross join run
cross join parameters
where
    len(c.transitions) > 0
    and r.state_before <> r.state_after
    and not list_contains(c.transitions, r.state_before || ' > ' || r.state_after)
    and r.changed_at > run.as_of_at - to_days(parameters.days)
order by subject
