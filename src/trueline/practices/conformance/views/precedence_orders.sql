/* ---
title: Which class of documents prevails over which, wherever that is said
grain: one row per place and pair of names
key: [repository, path, line, lower_line, higher, lower]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: "The document, or the record of the higher class, that says it."}
  line: {type: bigint, doc: Where the higher one stands.}
  lower_line: {type: bigint, doc: Where the lower one stands.}
  higher: {type: varchar, doc: "Id of the class that prevails; the name as written, in lower case, where no such class is declared."}
  lower: {type: varchar, doc: The other one.}
  is_higher_declared: {type: boolean, doc: True where a record declares the higher one.}
  is_lower_declared: {type: boolean, doc: True where a record declares the lower one.}
--- */
with headed as (
    select repository, path, line, end_line
    from sections
    where regexp_matches(lower(heading), '\b(precedence|hierarchy of (documents|authority|truth|sources)|document hierarchy|order of authority|prevails?)\b')
),

items as (
    select
        p.repository, p.path, h.line as place, p.line, p.line as position,
        coalesce(p.lead, regexp_extract(p.text, '^[^:–—(.,;]{2,50}')) as written
    from passages as p
    inner join headed as h on p.repository = h.repository and p.path = h.path and p.section_line = h.line
    where p.kind = 'item'
    union all
    -- Charters > specifications > decisions.
    select
        p.repository, p.path, p.line as place, p.line, unnest(range(1, len(string_split_regex(p.text, '\s*[>→]\s*')) + 1)) as position,
        regexp_replace(unnest(string_split_regex(p.text, '\s*[>→]\s*')), '^.*:', '') as written
    from passages as p
    inner join headed as h on p.repository = h.repository and p.path = h.path and p.section_line = h.line
    where p.kind = 'paragraph' and regexp_matches(p.text, '\S\s*[>→]\s*\S') and len(p.text) < 300
    union all
    select repository, source_path as path, 0 as place, source_line as line, precedence as position, class_id as written
    from document_classes
    where is_declared and precedence is not null
),

named as (
    select
        i.repository, i.path, i.place, i.line, i.position,
        trim(rtrim(regexp_replace(regexp_replace(lower(trim(i.written, ' *`_.')), '^(the|a|an|our|all) ', ''), '[\s_-]+', ' ', 'g'), 's')) as name
    from items as i
),

ordered as (
    select
        n.repository, n.path, n.place, n.line, n.position, coalesce(c.class_id, n.name) as name, c.class_id is not null as is_declared,
        -- What records say of their own classes is one order, though each class has its file.
        case when n.place = 0 then '' else n.path end as order_path,
        count(c.class_id) over (partition by n.repository, case when n.place = 0 then '' else n.path end, n.place) as known
    from named as n
    left join class_names as c on n.repository = c.repository and n.name = c.name
    where n.name <> '' and len(string_split(n.name, ' ')) <= 5
)

select distinct
    a.repository,
    a.path,
    a.line,
    b.line as lower_line,
    a.name as higher,
    b.name as lower,
    a.is_declared as is_higher_declared,
    b.is_declared as is_lower_declared
from ordered as a
inner join ordered as b
    on a.repository = b.repository and a.order_path = b.order_path and a.place = b.place and a.position < b.position and a.name <> b.name
-- Two of them are classes: then it is the order of documents, and not of operators or settings.
where a.known >= 2
