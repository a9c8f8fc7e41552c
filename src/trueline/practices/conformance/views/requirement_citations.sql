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

met as (
    select
        c.*,
        coalesce(k.item, n.item, e.item) as to_item,
        coalesce(k.revision, n.revision, e.revision) as to_revision,
        coalesce(k.needs, n.needs, e.needs) as needs,
        coalesce(k.fingerprint, n.fingerprint, e.fingerprint) as fingerprint,
        coalesce(k.copies, n.copies, e.copies) as copies
    from cites as c
    left join known as k on c.repository = k.repository and c.to_id = k.item_id and c.cited_revision = k.revision
    left join newest as n on c.cited_revision is null and c.repository = n.repository and c.to_id = n.item_id
    left join elsewhere as e
        on k.item is null and n.item is null and c.to_id = e.item_id and (c.cited_revision is null or c.cited_revision = e.revision)
),

resolved as (
    select
        m.*,
        case
            when starts_with(m.importer, 'openfasttrace') and m.role <> 'depends' and not list_contains(m.needs, m.kind) then 'unwanted'
            when m.copies > 1 then 'ambiguous'
            when m.cited_digest is not null and m.fingerprint is not null and m.cited_digest <> m.fingerprint then 'suspect'
            else 'covers'
        end as state
    from met as m
    where m.to_item is not null
),

missed as (
    select m.*, o.item as other_item, o.revision as other_revision
    from met as m
    left join known as o
        on m.repository = o.repository and m.to_id = o.item_id and m.cited_revision is not null and o.revision is not null
    where m.to_item is null
)

select
    r.repository, r.path, r.line, r.col, r.item, r.link_number, r.kind, r.role, r.to_id, r.cited_revision, r.to_item, r.to_revision, r.state
from resolved as r
union all
select
    m.repository, m.path, m.line, m.col, m.item, m.link_number, m.kind, m.role, m.to_id, m.cited_revision, m.other_item, m.other_revision,
    case
        when m.other_item is null then 'orphaned'
        when try_cast(m.cited_revision as bigint) > try_cast(m.other_revision as bigint) then 'predated'
        else 'outdated'
    end
from missed as m
