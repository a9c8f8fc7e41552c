/* ---
title: No document replaces what replaced it
why: Where two documents each claim to have replaced the other, neither prevails.
duty: canonical_authority
weight: required
examines: select repository, old_path as subject from supersessions group by all
severity: high
owner: role:head-of-engineering
exact: true
fix: "Decide which of the documents prevails, and take the claim out of {source_path}."
--- */
with recursive chain as (
    select repository, old_path, new_path, path, line, 1 as steps
    from supersessions
    union
    select c.repository, c.old_path, s.new_path, c.path, c.line, c.steps + 1 as steps
    from chain as c
    inner join supersessions as s on c.repository = s.repository and c.new_path = s.old_path
    where c.old_path <> c.new_path and c.steps < 12
)

select
    c.old_path as subject,
    'replaces what replaced it, in a circle of ' || min(c.steps) as message,
    c.repository,
    min(c.path) as source_path,
    min_by(c.line, c.path) as source_line
from chain as c
where c.old_path = c.new_path
group by c.repository, c.old_path
-- The first of a circle stands for it.
having
    c.old_path = (
        select min(o.new_path) from chain as o where o.repository = c.repository and o.old_path = c.old_path
    )
order by subject
