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
),

known as (
    select s.repository, s.item_id, s.revision, s.item, s.needs, s.fingerprint, s.copies
    from requirement_scope as s
    where s.item_id is not null and s.is_first
),

newest as (
    select distinct on (n.repository, n.item_id) n.*
    from known as n
    where n.item_id in (select c.to_id from cites as c where c.cited_revision is null)
    order by n.repository asc nulls last, n.item_id asc nulls last, try_cast(n.revision as bigint) desc nulls last, n.revision desc nulls last
),

-- Where the repository does not have it, another may: a handbook states what products carry.
elsewhere as (
    select distinct on (e.item_id, e.revision) e.*
    from known as e
    where e.item_id in (select c.to_id from cites as c anti join known as k on c.repository = k.repository and c.to_id = k.item_id)
    order by e.item_id asc nulls last, e.revision asc nulls last, e.item asc nulls last
),

-- Other revisions of what is cited in a revision that is nowhere.
others as (
    select o.repository, o.item_id, o.revision, o.item
    from known as o
    where o.revision is not null and o.item_id in (
        select c.to_id
        from cites as c
        anti join known as k on c.repository = k.repository and c.to_id = k.item_id and c.cited_revision = k.revision
        where c.cited_revision is not null
    )
)

select
    c.repository, c.path, c.line, c.col, c.item, c.link_number, c.kind, c.role, c.to_id, c.cited_revision,
    coalesce(k.item, n.item, e.item, o.item) as to_item,
    coalesce(k.revision, n.revision, e.revision, o.revision) as to_revision,
    case
        when coalesce(k.item, n.item, e.item, o.item) is null then 'orphaned'
        when coalesce(k.item, n.item, e.item) is null
            then case when try_cast(c.cited_revision as bigint) > try_cast(o.revision as bigint) then 'predated' else 'outdated' end
        when starts_with(c.importer, 'openfasttrace') and c.role <> 'depends'
            and not list_contains(coalesce(k.needs, n.needs, e.needs), c.kind) then 'unwanted'
        when coalesce(k.copies, n.copies, e.copies) > 1 then 'ambiguous'
        when c.cited_digest is not null and c.cited_digest <> coalesce(k.fingerprint, n.fingerprint, e.fingerprint) then 'suspect'
        else 'covers'
    end as state
from cites as c
left join known as k on c.repository = k.repository and c.to_id = k.item_id and c.cited_revision = k.revision
left join newest as n on c.cited_revision is null and c.repository = n.repository and c.to_id = n.item_id
left join elsewhere as e
    on k.item is null and n.item is null and c.to_id = e.item_id and (c.cited_revision is null or c.cited_revision = e.revision)
left join others as o
    on k.item is null and e.item is null and c.cited_revision is not null and c.repository = o.repository and c.to_id = o.item_id
