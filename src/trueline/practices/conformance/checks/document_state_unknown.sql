/* ---
title: Documents stand in a state that their class knows
why: A state of its own making tells nobody whether the document counts.
duty: document_lifecycle
weight: required
examines: |
  select d.repository, d.path as subject from governed_documents as d
  inner join document_classes as c on d.class_id = c.class_id where d.is_declared and d.state_written is not null and len(c.states) > 0
severity: low
group_by: cause
owner: role:head-of-engineering
status: preview
fix: "Give {source_path} one of: {states}."
--- */
select
    d.path as subject,
    'says that it is ' || d.state_written || ', which is no state of a ' || d.class_id as message,
    d.repository,
    d.path as source_path,
    d.state_line as source_line,
    d.class_id || ' in state ' || lower(trim(d.state_written)) as cause,
    array_to_string(c.states, ', ') as states
from governed_documents as d
inner join document_classes as c on d.class_id = c.class_id
where
    d.is_declared
    and d.state_written is not null
    and d.state is null
    and len(c.states) > 0
    -- A sentence about it is no name of a state.
    and not regexp_matches(trim(d.state_written), '^[^(]*[.]$|^([^\s(]+\s+){5}[^\s(]')
order by subject
