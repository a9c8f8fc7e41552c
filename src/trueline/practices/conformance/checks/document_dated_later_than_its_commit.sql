/* ---
title: A document's date is a day on which somebody worked on it
why: A date that lies after the last commit was invented.
duty: document_lifecycle
weight: supports
examines: |
  select d.repository, d.path as subject from governed_documents as d
  inner join document_revisions as r on d.repository = r.repository and d.path = r.path
  where d.dated_on is not null group by all
severity: low
owner: role:head-of-engineering
exact: true
fix: "Date {subject} with the day of its last change, {changed_on}."
--- */
with last_change as (
    select repository, path, max(changed_at) as at
    from document_revisions
    group by repository, path
)

select
    d.path as subject,
    'is dated ' || strftime(d.dated_on, '%-d %b %Y') || ' and was last changed on ' || strftime(l.at, '%-d %b %Y') as message,
    d.repository,
    d.path as source_path,
    d.dated_line as source_line,
    strftime(l.at, '%Y-%m-%d') as changed_on
from governed_documents as d
inner join last_change as l on d.repository = l.repository and d.path = l.path
-- A day more, because the day of a commit in UTC may be the author's yesterday.
where d.dated_on > cast(l.at + to_days(1) as date)
order by subject
