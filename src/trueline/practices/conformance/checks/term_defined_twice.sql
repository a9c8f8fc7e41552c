/* ---
title: A term has one definition
why: Two meanings of one word are two specifications, and each side builds its own.
duty: canonical_authority
weight: supports
examines: select repository, term as subject from definitions group by repository, term
severity: medium
group_by: term
owner: role:head-of-engineering
status: preview
fix: "Keep one definition of {term}, and refer to it from {source_path}."
--- */
with differing as (
    select repository, term, min(path || ':' || lpad(line::varchar, 7, '0')) as first_place
    from definitions
    group by repository, term
    having count(distinct plain_meaning) > 1
)

select
    d.term || ' in ' || d.path as subject,
    'means something else in ' || o.path || ' than here' as message,
    d.repository,
    d.path as source_path,
    min(d.line) as source_line,
    d.term
from definitions as d
inner join differing as x on d.repository = x.repository and d.term = x.term
inner join definitions as o
    on d.repository = o.repository and d.term = o.term and x.first_place = o.path || ':' || lpad(o.line::varchar, 7, '0')
where
    d.plain_meaning <> o.plain_meaning
    and d.path <> o.path
    -- One says more than the other, and nothing else.
    and not contains(d.plain_meaning, o.plain_meaning)
    and not contains(o.plain_meaning, d.plain_meaning)
group by d.repository, d.path, d.term, o.path
order by subject
