/* ---
title: What open changes would make of requirements
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The file of the change.}
  line: {type: bigint, doc: 1-based line of the entry.}
  change_id: {type: varchar, doc: Folder of the open change.}
  operation: {type: varchar, doc: "added, modified, removed or renamed."}
  item_id: {type: varchar, doc: "The requirement, as capability/heading; where it is renamed, by its old name."}
  title: {type: varchar, doc: Heading of the requirement.}
  to_item_id: {type: varchar, doc: The new id where it is renamed.}
  spec_path: {type: varchar, doc: The specification that would change.}
  is_in_force: {type: boolean, doc: True where that specification has the requirement.}
  is_promised: {type: boolean, doc: "True where an entry of this or another open change adds it, or renames another to it."}
  nearest: {type: varchar, doc: "Heading of that specification that is written most like it, where it has none such; null where none is near."}
grain: one row per entry of an open change, without those among tests and in files of others
key: [repository, path, line]
--- */
with entries as (
    select
        i.repository, i.path, i.line, i.kind as operation, i.item_id, i.title,
        i.attributes[1][8:] as change_id,
        case when starts_with(i.attributes[2], 'to=') then i.attributes[2][4:] end as to_item_id,
        regexp_replace(i.path, 'changes/[^/]+/specs/', 'specs/') as spec_path
    from requirement_items as i
    inner join path_kinds as k on i.repository = k.repository and i.path = k.path
    where i.nature = 'delta' and k.kind not in ('vendored', 'generated', 'test')
),

stated as (
    select distinct i.repository, i.path, i.item_id, i.title
    from requirement_items as i
    where i.importer = 'openspec' and i.nature = 'requirement' and i.item_id is not null
),

promised as (
    select e.repository, e.item_id from entries as e where e.operation = 'added'
    union
    select e.repository, e.to_item_id from entries as e where e.to_item_id is not null
),

near as (
    select
        e.repository, e.path, e.line,
        arg_max(s.title, (jaro_winkler_similarity(lower(e.title), lower(s.title)), s.title)) as nearest
    from entries as e
    inner join stated as s on e.repository = s.repository and e.spec_path = s.path
    where jaro_winkler_similarity(lower(e.title), lower(s.title)) >= 0.85
    group by all
)

select
    e.repository, e.path, e.line, e.change_id, e.operation, e.item_id, e.title, e.to_item_id, e.spec_path,
    s.item_id is not null as is_in_force,
    e.operation <> 'added' and p.item_id is not null as is_promised,
    case when s.item_id is null then n.nearest end as nearest
from entries as e
left join (select distinct t.repository, t.item_id from stated as t) as s on e.repository = s.repository and e.item_id = s.item_id
left join promised as p on e.repository = p.repository and e.item_id = p.item_id
left join near as n on e.repository = n.repository and e.path = n.path and e.line = n.line
