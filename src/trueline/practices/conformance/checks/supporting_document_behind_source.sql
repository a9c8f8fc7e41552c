/* ---
title: Documents that explain others keep up with them
why: A guide that is older than its specification teaches what no longer holds.
duty: document_lifecycle
weight: supports
examines: select repository, path as subject from derived_documents where source_path is not null
severity: medium
group_by: source_document
owner: role:head-of-engineering
status: preview
fix: "Read {subject} against {source_document}, and mend or confirm it."
--- */
with changed as (
    select repository, path, max(changed_at) as at
    from document_revisions
    group by repository, path
),

meant as (
    select repository, path, max(changed_at) as at
    from spec_changes
    where kind in ('normative', 'added', 'removed')
    group by repository, path
)

select
    s.path as subject,
    'was last changed on ' || strftime(c.at, '%-d %b %Y') || ', before ' || s.source_path || ' changed its meaning on '
    || strftime(m.at, '%-d %b %Y') as message,
    s.repository,
    s.path as source_path,
    s.line as source_line,
    s.source_path as source_document
from derived_documents as s
inner join changed as c on s.repository = c.repository and s.path = c.path
inner join meant as m on s.repository = m.repository and s.source_path = m.path
where m.at > c.at
order by subject
