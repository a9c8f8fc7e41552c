/* ---
title: Decisions are looked at again when they said they would be
why: A decision whose reasons nobody checks any more is a habit.
duty: decisions
weight: required
examines: select repository, decision_id as subject from decisions where status = 'accepted' and review_on is not null
applies: select count(*) > 0 from decisions where status = 'accepted' and review_on is not null
severity: medium
owner: role:head-of-engineering
exact: true
fix: Read {subject} again, and confirm it with a new day or supersede it.
--- */
select
    d.decision_id as subject,
    'was to be looked at again by ' || strftime(d.review_on, '%-d %b %Y') as message,
    d.repository,
    d.source_path,
    d.source_line
from decisions as d
cross join run
where d.status = 'accepted' and d.review_on < run.as_of
order by subject
