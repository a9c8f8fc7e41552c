/* ---
title: Documents that hold requirements
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The file that declares it.}
  folder: {type: varchar, doc: The folder below which its items lie; empty for the root.}
  document: {type: varchar, doc: Its prefix.}
  parent: {type: varchar, doc: The prefix of its parent; null for a root.}
  further_fields: {type: "varchar[]", doc: Fields that reviews of its items cover besides the usual ones.}
  validator: {type: varchar, doc: A program of the repository that would judge its items and is never run; null where there is none.}
grain: "one row per document, without those that the repository asks to skip"
key: [repository, path]
--- */
with declared as (
    select
        i.repository, i.path, i.item_id as document, i.attributes,
        case when contains(i.path, '/') then regexp_replace(i.path, '/[^/]*$', '') else '' end as folder,
        l.to_id as parent
    from requirement_items as i
    left join requirement_links as l
        on i.repository = l.repository and i.path = l.path and i.importer = l.importer and i.number = l.number and l.role = 'parent'
    where i.nature = 'document'
),

skips as (
    select f.repository, f.path, regexp_replace(f.path, '[^/]*$', '') as folder
    from files as f
    where ends_with(f.path, '.doorstop.skip') or ends_with(f.path, '.doorstop.skip-all')
)

select
    d.repository, d.path, d.folder, d.document, d.parent,
    list_transform(list_filter(d.attributes, lambda a: starts_with(a, 'reviewed=')), lambda a: a[10:]) as further_fields,
    list_filter(d.attributes, lambda a: starts_with(a, 'item_validator='))[1][16:] as validator
from declared as d
where not regexp_matches('/' || d.folder || '/', '/([.]git|[.]tox|[.]venv|venv)/')
    and not exists (
        select 1 from skips as s
        where s.repository = d.repository
            and (ltrim(d.folder || '/', '/') = s.folder or (ends_with(s.path, '-all') and starts_with(d.folder || '/', s.folder)))
    )
