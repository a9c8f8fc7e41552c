/* ---
title: Terms in double brackets are defined
why: A word that claims a definition and has none is filled with meaning by each reader.
duty: canonical_authority
weight: supports
examines: |
  select t.repository, lower(t.term) as subject from term_links as t
  semi join definitions as d on t.repository = d.repository
  where regexp_full_match(t.term, '\pL[\pL\pN ''’/&().-]*') group by all
applies: select count(*) > 0 from definitions
severity: low
group_by: term
owner: role:head-of-engineering
status: preview
fix: "Define {term} in {glossary}, or take the brackets off."
--- */
with used as (
    select
        t.repository, t.path, lower(t.term) as term, min(t.line) as line,
        regexp_replace(lower(t.term), '[\s_-]+', ' ', 'g') as name
    from term_links as t
    where regexp_full_match(t.term, '\pL[\pL\pN ''’/&().-]*')
    group by t.repository, t.path, lower(t.term), name
),

known as (
    select repository, regexp_replace(term, '[\s_-]+', ' ', 'g') as name from definitions
    union
    -- Some link other documents by their name in this way.
    select repository, regexp_replace(lower(title), '[\s_-]+', ' ', 'g') as name from documents where title is not null
    union
    select repository, regexp_replace(lower(parse_path(path)[-1]), '[.](md|markdown|mdx)$|[\s_-]+', ' ', 'g') as name from documents
),

glossaries as (
    select repository, min_by(path, (-terms, path)) as path
    from (select repository, path, count(*) as terms from definitions group by repository, path) as d
    group by repository
)

select
    u.path || ': ' || u.term as subject,
    'uses [[' || u.term || ']], which nothing defines' as message,
    u.repository,
    u.path as source_path,
    u.line as source_line,
    u.term,
    g.path as glossary
from used as u
inner join glossaries as g on u.repository = g.repository
where
    not exists (
        select 1 from known as k
        -- One berth or several.
        where k.repository = u.repository and trim(k.name) in (u.name, rtrim(u.name, 's'), u.name || 's')
    )
order by subject
