/* ---
title: Roles that a charter describes
grain: one row per role and charter
key: [repository, role, path]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  role: {type: varchar, doc: "The role in lower case with spaces: `head of specs`."}
  path: {type: varchar, doc: The charter.}
--- */
with named as (
    select c.repository, unnest([c.charter_id, c.role, c.title]) as name, c.source_path as path
    from charters as c
    union all
    -- Charters that are documents of a class, and no records.
    select d.repository, d.title as name, d.path
    from governed_documents as d
    where d.class_id like '%charter%'
    union all
    select d.repository, f.value as name, d.path
    from governed_documents as d
    inner join document_fields as f on d.repository = f.repository and d.path = f.path
    where d.class_id like '%charter%' and f.field in ('role', 'role_name')
)

select distinct
    n.repository,
    trim(regexp_replace(
        regexp_replace(lower(n.name), '[*`\[\]]|\(.*?\)|\b(role )?charter( of( the)?)?\b|^role:|^\s*(the|our) ', '', 'g'), '[\s_:–—-]+', ' ', 'g'
    )) as role,
    n.path
from named as n
where trim(coalesce(n.name, '')) <> ''
