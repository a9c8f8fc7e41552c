/* ---
title: What Doorstop itself says of its items, but for what they refer to in files
columns:
  repository: {type: varchar, doc: Name of the repository.}
  level: {type: varchar, doc: WARNING or ERROR.}
  document: {type: varchar, doc: Prefix of the document.}
  item_id: {type: varchar, doc: The item; null where it is about the document.}
  message: {type: varchar, doc: In its words.}
  path: {type: varchar, doc: The file of the item or document.}
  place: {type: bigint, doc: "Its place in the order of documents, items and checks, as far as Doorstop has one."}
grain: one row per message
key: [repository, place]
--- */
with recursive ordered (repository, path, document, place) as (
    select d.repository, d.path, d.document, [d.path] from requirement_documents as d where d.parent is null
    union all
    select d.repository, d.path, d.document, list_append(o.place, d.path)
    from ordered as o
    inner join requirement_documents as d on o.repository = d.repository and lower(d.parent) = lower(o.document)
    where not list_contains(o.place, d.path)
),

items as (
    select
        s.*, o.place,
        list_contains(r.attributes, 'textless=true') as is_textless,
        list_transform(string_split(coalesce(list_filter(r.attributes, lambda a: starts_with(a, 'level='))[1][7:], '1'), '.'), lambda n: try_cast(n as bigint)) as outline,
        (select count(*) from requirement_citations as c where c.item = s.item) as parents,
        (select count(*) from requirement_citations as c where c.to_item = s.item) as children
    from requirement_scope as s
    inner join requirement_items as r using (repository, path, importer, number)
    inner join ordered as o on s.repository = o.repository and s.document = o.document
    where s.importer = 'doorstop' and s.is_active
),

said as (
    select i.*, 1 as step, 'WARNING' as level, 'no text' as message
    from items as i where i.is_textless
    union all
    select i.*, 3, 'WARNING', 'non-normative, but has links'
    from items as i where not i.is_normative and i.parents > 0
    union all
    select i.*, 4, 'WARNING', 'no links to parent document: ' || d.parent
    from items as i
    inner join requirement_documents as d on i.repository = d.repository and i.document = d.document
    where d.parent is not null and i.is_normative and not i.is_derived and i.parents = 0
    union all
    select i.*, 5, 'ERROR', 'linked to unknown item: ' || c.to_id
    from items as i
    inner join requirement_citations as c on i.item = c.item
    where c.state = 'orphaned'
    union all
    select i.*, 5, 'WARNING', 'linked to non-normative item: ' || c.to_id
    from items as i
    inner join requirement_citations as c on i.item = c.item
    inner join requirement_scope as p on c.to_item = p.item
    where not p.is_normative
    union all
    select i.*, 5, 'WARNING', 'suspect link: ' || c.to_id
    from items as i
    inner join requirement_citations as c on i.item = c.item
    where c.state = 'suspect'
    union all
    select i.*, 6, 'WARNING', 'no links from child document: ' || d.document
    from items as i
    inner join requirement_documents as d on i.repository = d.repository and lower(d.parent) = lower(i.document)
    where i.is_normative and i.children = 0
    union all
    select i.*, 7, 'WARNING', 'unreviewed changes'
    from items as i where not i.is_review_current
),

messages as (
    select s.repository, s.level, s.document, s.item_id, s.message, s.path, s.place, s.outline, s.step from said as s
    union all
    select o.repository, 'WARNING', o.document, null, 'no items', o.path, o.place, [], 0
    from ordered as o
    where not exists (select 1 from items as i where i.repository = o.repository and i.document = o.document)
)

select
    m.repository, m.level, m.document, m.item_id, m.message, m.path,
    row_number() over (
        order by m.repository asc nulls last, m.place asc nulls last, m.outline asc nulls last, m.item_id asc nulls last, m.step asc nulls last, m.message asc nulls last
    ) as place
from messages as m
