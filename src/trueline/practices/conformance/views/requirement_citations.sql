/* ---
title: What citations of requirements lead to
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The file that cites.}
  line: {type: bigint, doc: 1-based line.}
  col: {type: bigint, doc: 1-based column.}
  item: {type: bigint, doc: "The item that cites, as in requirement_scope."}
  link_number: {type: bigint, doc: Which link of that item it is.}
  kind: {type: varchar, doc: Kind of the item that cites.}
  role: {type: varchar, doc: "covers, implements, verifies or depends."}
  to_id: {type: varchar, doc: The id that it cites.}
  cited_revision: {type: varchar, doc: The revision that it cites; null where it cites none.}
  to_item: {type: bigint, doc: The item that it leads to; null where there is none.}
  to_revision: {type: varchar, doc: The revision of that item.}
  state: {type: varchar, doc: "covers, suspect, unwanted, ambiguous, outdated, predated or orphaned."}
grain: one row per link and item that it leads to; a link to another revision leads to each that exists
key: [item, link_number, to_item]
--- */
with cites as (
    select
        i.item, i.repository, i.path, i.kind, i.importer, l.link_number, l.line, l.col, l.role, l.to_id, l.cited_revision, l.cited_digest
    from requirement_links as l
    inner join requirement_sources as r on l.repository = r.repository and l.path = r.path and l.importer = r.importer
    inner join requirement_scope as i on r.first_item + l.number = i.item
    where l.role in ('covers', 'implements', 'verifies', 'depends')
        and (
            i.importer not in ('markdown', 'id_tags', 'gherkin')
            or regexp_extract(l.to_id, '^(.*[-_])[0-9]', 1) in (select p.prefix from requirement_prefixes as p)
        )
),

known as (
    select s.repository, s.item_id, s.revision, s.item, s.needs, s.fingerprint, s.copies
    from requirement_scope as s
    where s.item_id is not null and s.is_first
),

-- Nearly every citation leads where it says; only the others are looked up further.
met as (
    select
        c.*,
        k.item as to_item, k.revision as to_revision, k.needs as to_needs, k.fingerprint as to_fingerprint, k.copies as to_copies
    from cites as c
    left join known as k on c.repository = k.repository and c.to_id = k.item_id and c.cited_revision = k.revision
),

lost as (
    select m.* from met as m where m.to_item is null
),

newest as (
    select distinct on (n.repository, n.item_id) n.*
    from known as n
    where n.item_id in (select c.to_id from lost as c where c.cited_revision is null)
    order by n.repository asc nulls last, n.item_id asc nulls last, try_cast(n.revision as bigint) desc nulls last, n.revision desc nulls last
),

-- Where the repository does not have it, another may: a handbook states what products carry.
elsewhere as (
    select distinct on (e.item_id, e.revision) e.*
    from known as e
    where e.item_id in (
        select c.to_id
        from lost as c
        anti join (select o.* from known as o where o.item_id in (select d.to_id from lost as d)) as k on c.repository = k.repository and c.to_id = k.item_id
    )
    order by e.item_id asc nulls last, e.revision asc nulls last, e.item asc nulls last
),

-- Other revisions of what is cited in a revision that is nowhere.
others as (
    select o.repository, o.item_id, o.revision, o.item
    from known as o
    where o.revision is not null and o.item_id in (select c.to_id from lost as c where c.cited_revision is not null)
),

led as (
    select m.* replace (
        coalesce(n.item, e.item) as to_item,
        coalesce(n.revision, e.revision) as to_revision,
        coalesce(n.needs, e.needs) as to_needs,
        coalesce(n.fingerprint, e.fingerprint) as to_fingerprint,
        coalesce(n.copies, e.copies) as to_copies
    )
    from lost as m
    left join newest as n on m.cited_revision is null and m.repository = n.repository and m.to_id = n.item_id
    left join elsewhere as e on n.item is null and m.to_id = e.item_id and (m.cited_revision is null or m.cited_revision = e.revision)
),

every as (
    select m.* from met as m where m.to_item is not null
    union all
    select l.* from led as l where l.to_item is not null
)

select
    c.repository, c.path, c.line, c.col, c.item, c.link_number, c.kind, c.role, c.to_id, c.cited_revision, c.to_item, c.to_revision,
    case
        when starts_with(c.importer, 'openfasttrace') and c.role <> 'depends' and not list_contains(c.to_needs, c.kind) then 'unwanted'
        when c.to_copies > 1 then 'ambiguous'
        when c.cited_digest is not null and c.cited_digest <> c.to_fingerprint then 'suspect'
        else 'covers'
    end as state
from every as c
union all
select
    c.repository, c.path, c.line, c.col, c.item, c.link_number, c.kind, c.role, c.to_id, c.cited_revision,
    o.item as to_item,
    o.revision as to_revision,
    case
        when o.item is null then 'orphaned'
        when try_cast(c.cited_revision as bigint) > try_cast(o.revision as bigint) then 'predated'
        else 'outdated'
    end as state
from led as c
left join others as o on c.cited_revision is not null and c.repository = o.repository and c.to_id = o.item_id
where c.to_item is null
