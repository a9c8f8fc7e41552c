/* ---
title: Commits carry dates that can be true
why: A date that cannot be true puts work into the wrong week, and every figure over time with it.
duty: indicators
weight: supports
examines: select count(*) from commits
severity: low
owner: role:head-of-engineering
exact: true
fix: Nothing can mend history; correct the clock of the machine that made {subject}.
--- */
select
    substr(c.commit_id, 1, 12) as subject,
    'says that it was written ' || strftime(c.authored_at, '%-d %b %Y') || ' and committed '
    || strftime(c.committed_at, '%-d %b %Y') || '; it is left out of figures over time' as message,
    c.repository
from commits as c
where c.validity = 'impossible'
order by subject
