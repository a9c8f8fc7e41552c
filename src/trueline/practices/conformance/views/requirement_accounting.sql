/* ---
title: What became of each file in the search for requirements
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: Display path of the file.}
  state: {type: varchar, doc: "imported, ignored or no_importer."}
  rule: {type: varchar, doc: "Importers that read it, or the rule by which it is ignored, or its ending."}
  items: {type: bigint, doc: Items that importers found in it.}
grain: one row per file of the tree
key: [repository, path]
--- */
with read as (
    select
        r.repository, r.path,
        string_agg(r.importer, ', ' order by r.importer) filter (where r.importer <> 'unread' and (r.items > 0 or r.problems > 0)) as importers,
        sum(r.items) filter (where r.importer <> 'unread') as items,
        sum(r.items) filter (where r.importer = 'unread') as unread
    from requirement_files as r
    group by all
),

counting as (
    select distinct s.repository, s.path from requirement_scope as s
    union
    select i.repository, i.path from requirement_items as i where i.nature in ('document', 'delta')
    union
    select p.repository, p.path from requirement_problems as p
)

select
    f.repository, f.path,
    case
        when k.kind in ('vendored', 'generated') then 'ignored'
        when r.unread > 0 and coalesce(r.items, 0) = 0 then 'no_importer'
        when c.path is not null then 'imported'
        else 'ignored'
    end as state,
    case
        when k.kind in ('vendored', 'generated') then k.kind || ' (' || k.rule || ')'
        when r.unread > 0 and coalesce(r.items, 0) = 0 then lower(regexp_extract(f.path, '[.][^./]*$'))
        when c.path is not null then r.importers
        when r.importers is not null then 'cites or states only what counts nowhere (' || r.importers || ')'
        when f.entry <> 'file' then f.entry
        when regexp_matches(f.path, '(^|/)openspec/changes/archive/') then 'filed change of OpenSpec'
        when r.path is not null then 'states no requirement'
        when k.kind in ('binary_asset', 'data') then k.kind
        else 'ending not read'
    end as rule,
    coalesce(r.items, 0)::bigint as items
from files as f
inner join path_kinds as k on f.repository = k.repository and f.path = k.path
left join read as r on f.repository = r.repository and f.path = r.path
left join counting as c on f.repository = c.repository and f.path = c.path
