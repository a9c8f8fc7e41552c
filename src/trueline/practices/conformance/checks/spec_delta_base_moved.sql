/* ---
title: An open change rests on the requirement as it is
why: A change written against an older text takes back whatever was decided since.
duty: canonical_authority
weight: supports
examines: |
  select d.repository, d.change_id || ' ' || d.item_id as subject from spec_deltas as d
  inner join document_revisions as r on d.repository = r.repository and d.path = r.path
  where d.operation <> 'added' and d.is_in_force group by all
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Read {subject} against {spec_path} as it is now, and write it anew."
--- */
with written as (
    select r.repository, r.path, max(r.changed_at) as at
    from document_revisions as r
    group by r.repository, r.path
)

select
    d.change_id || ' ' || d.item_id as subject,
    'was last written on ' || strftime(min(w.at), '%-d %b %Y') || ', and the requirement changed on '
    || strftime(max(s.changed_at), '%-d %b %Y') as message,
    d.repository,
    min(d.path) as source_path,
    min(d.line) as source_line,
    any_value(d.spec_path) as spec_path
from spec_deltas as d
inner join written as w on d.repository = w.repository and d.path = w.path
inner join spec_changes as s
    on d.repository = s.repository and d.spec_path = s.path and s.heading = 'Requirement: ' || d.title and s.changed_at > w.at
where d.operation <> 'added' and d.is_in_force
group by d.repository, d.change_id, d.item_id
order by subject
