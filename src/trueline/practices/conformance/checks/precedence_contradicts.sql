/* ---
title: Which document prevails is said once
why: Where precedence runs in a circle, every conflict is decided by who argues last.
duty: canonical_authority
weight: supports
examines: select repository, higher || ' over ' || lower as subject from precedence_orders group by all
severity: high
owner: role:head-of-engineering
status: preview
fix: "{mending}."
--- */
with recursive chain as (
    select repository, higher as first_name, lower as last_name, path, line, 1 as steps
    from precedence_orders
    union
    select c.repository, c.first_name, o.lower as last_name, o.path, o.line, c.steps + 1 as steps
    from chain as c
    inner join precedence_orders as o on c.repository = o.repository and c.last_name = o.higher
    where c.first_name <> c.last_name and c.steps < 6
),

circles as (
    select repository, first_name, min(steps) as steps
    from chain
    where first_name = last_name
    group by repository, first_name
),

unknowns as (
    select u.repository, u.path, min(u.line) as line, u.name
    from (
        select repository, path, line, higher as name from precedence_orders where not is_higher_declared
        union all
        select repository, path, lower_line as line, lower as name from precedence_orders where not is_lower_declared
    ) as u
    group by u.repository, u.path, u.name
)

select
    o.higher || ' over ' || o.lower as subject,
    'is what ' || o.path || ' says, and ' || string_agg(distinct b.path, ', ' order by b.path nulls last) || ' says the opposite' as message,
    o.repository,
    o.path as source_path,
    min(o.line) as source_line,
    'Let one place say which of ' || o.higher || ' and ' || o.lower || ' prevails' as mending
from precedence_orders as o
inner join precedence_orders as b
    on o.repository = b.repository and o.higher = b.lower and o.lower = b.higher
-- Once for both.
where o.higher < o.lower
group by o.repository, o.path, o.higher, o.lower
union all
select
    c.first_name || ' over itself' as subject,
    'prevails over itself, in a circle of ' || c.steps as message,
    c.repository,
    min(o.path) as source_path,
    min_by(o.line, o.path) as source_line,
    'Take one step out of the circle' as mending
from circles as c
inner join precedence_orders as o on c.repository = o.repository and c.first_name = o.higher
where
    c.steps > 2
    -- The first of a circle stands for it.
    and c.first_name = (select min(x.first_name) from circles as x where x.repository = c.repository)
    and not exists (select 1 from circles as x where x.repository = c.repository and x.steps <= 2)
group by c.repository, c.first_name, c.steps
union all
select
    u.name || ' in ' || u.path as subject,
    'has a place in the precedence that ' || u.path || ' gives, and is no declared class' as message,
    u.repository,
    u.path as source_path,
    u.line as source_line,
    'Declare the class ' || u.name || ', or take it out of the list' as mending
from unknowns as u
order by subject
