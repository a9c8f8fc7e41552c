/* ---
title: A change of meaning raises the version
why: Whoever built to version 3 believes that nothing changed, and is wrong.
duty: [document_lifecycle, no_silent_redefinition]
weight: required
examines: |
  select r.repository, r.path as subject from document_revisions as r
  inner join governed_documents as d on r.repository = d.repository and r.path = d.path
  where d.version is not null and r.kind <> 'deleted' group by all
severity: high
owner: role:head-of-engineering
status: preview
fix: "Raise the version of {subject}, or take the change back: {sections}."
--- */
with raised as (
    select repository, path, max(changed_at) as at
    from document_revisions
    where is_raised or kind = 'created'
    group by repository, path
),

meant as (
    select s.repository, s.path, s.heading, s.changed_at, s.change_id
    from spec_changes as s
    inner join document_revisions as v on s.repository = v.repository and s.path = v.path and s.change_id = v.change_id
    left join document_classes as c on v.class_id = c.class_id
    left join raised as r on s.repository = r.repository and s.path = r.path
    where
        s.kind in ('normative', 'added', 'removed')
        and (r.at is null or s.changed_at > r.at)
        -- A draft of that day meant nothing to anybody yet.
        and (coalesce(len(c.canonical_states), 0) = 0 or coalesce(list_contains(c.canonical_states, trim(regexp_extract(v.state_before, '^[^(:,;]*'))), true))
)

select
    m.path as subject,
    'has meant something else since ' || strftime(min(m.changed_at), '%-d %b %Y') || ', and is still version ' || any_value(d.version)
        as message,
    m.repository,
    m.path as source_path,
    any_value(d.version_line) as source_line,
    left(string_agg(distinct m.heading, ', ' order by m.heading nulls last), 200) as sections,
    count(distinct m.change_id) as changes
from meant as m
inner join governed_documents as d on m.repository = d.repository and m.path = d.path
-- Nor does what is still being written today, or no longer counts.
where regexp_matches(d.version, '\d') and coalesce(d.is_canonical, true) and not coalesce(d.is_final, false)
group by m.repository, m.path
order by subject
