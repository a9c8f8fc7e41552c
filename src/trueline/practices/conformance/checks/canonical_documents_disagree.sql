/* ---
title: Documents that prevail agree with each other
why: Where two documents both prevail and say two things, every team builds to the one it read.
duty: canonical_authority
weight: supports
examines: |
  select d.repository, d.path as subject from governed_documents as d
  inner join document_classes as c on d.class_id = c.class_id where c.precedence is not null and d.is_canonical
applies: select count(*) > 0 from document_classes where precedence is not null
severity: high
group_by: pair
owner: role:head-of-engineering
status: preview
fix: "{mending}."
--- */
with prevailing as (
    select
        d.repository, d.path, d.title, d.class_id, c.precedence,
        v.line, v.form, v.name, v.value, v.shown,
        count(*) over (partition by d.repository, v.form, v.name) as documents
    from governed_documents as d
    inner join document_classes as c on d.class_id = c.class_id
    inner join stated_values as v on d.repository = v.repository and d.path = v.path
    -- A field of a header speaks of its own document.
    where c.precedence is not null and d.is_canonical and v.form <> 'field'
)

select
    l.path || ': ' || left(l.name, 80) as subject,
    case when l.form = 'sentence' then 'says “' || l.shown || '”, and ' || h.path || ' says “' || h.shown || '”'
        else 'says ' || l.shown || ' for ' || left(l.name, 60) || ', and ' || h.path || ' says ' || h.shown
    end
    || case when l.precedence > h.precedence then ', which prevails' else '; neither prevails' end as message,
    l.repository,
    l.path as source_path,
    l.line as source_line,
    l.path || ' and ' || h.path as pair,
    case
        when l.precedence > h.precedence then 'Let ' || l.path || ' say what ' || h.path || ' says'
        else 'Decide which of both is right, and let the other refer to it'
    end as mending
from prevailing as l
inner join prevailing as h
    on
        l.repository = h.repository
        and l.form = h.form
        and l.name = h.name
        and l.value <> h.value
        and (l.precedence > h.precedence or (l.precedence = h.precedence and l.path > h.path))
-- What supports a source is told as such.
anti join derived_documents as s on l.repository = s.repository and l.path = s.path and h.path = s.source_path
where
    -- What many documents say with a number each is a form that they fill in.
    l.documents <= 3
    -- Alternatives that were never meant to agree: a title with a number in it says which is which.
    and regexp_replace(coalesce(l.title, ''), '[\d\W]+', '', 'g') <> regexp_replace(coalesce(h.title, ''), '[\d\W]+', '', 'g')
order by subject
