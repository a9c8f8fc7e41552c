/* ---
title: What was filed stays as it was filed
why: A record that is edited afterwards proves nothing.
duty: [document_lifecycle, no_silent_redefinition]
weight: required
examines: |
  select r.repository, r.path as subject from document_revisions as r
  inner join document_classes as c on r.class_id = c.class_id
  where list_contains(c.fixed_states, r.state_before) group by all
applies: select count(*) > 0 from document_classes where len(fixed_states) > 0
severity: high
group_by: source_path
owner: role:head-of-engineering
exact: true
parameters: {days: {default: 365, type: integer, why: An older edit is the filed text by now.}}
fix: "Restore {source_path} as it was, and file what is new as a document of its own."
--- */
select
    r.path || ' at ' || left(r.change_id, 12) as subject,
    'was ' || r.state_before || ' and its '
    || case r.kind when 'normative' then 'meaning' when 'deleted' then 'whole text' else 'text' end || ' was changed on '
    || strftime(r.changed_at, '%-d %b %Y') as message,
    r.repository,
    r.path as source_path
from document_revisions as r
inner join document_classes as c on r.class_id = c.class_id
cross join run
cross join parameters
where
    list_contains(c.fixed_states, r.state_before)
    and r.kind in ('normative', 'text', 'deleted')
    and r.changed_at > run.as_of_at - to_days(parameters.days)
order by subject
