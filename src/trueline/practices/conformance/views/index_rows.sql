/* ---
title: What indexes say of the documents that they list
grain: one row per index, document and field
key: [repository, index_path, path, field]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  index_path: {type: varchar, doc: The index.}
  class_id: {type: varchar, doc: Class of the document.}
  path: {type: varchar, doc: The document.}
  line: {type: bigint, doc: Where the index says it.}
  field: {type: varchar, doc: "state, owner or version."}
  said: {type: varchar, doc: What the index says.}
  is_declared: {type: boolean, doc: True where the class names it as its index.}
--- */
with in_rows as (
    select
        i.repository, i.index_path, i.class_id, i.path, t.line, i.is_declared,
        case lower(trim(t.column_name, ' *`')) when 'status' then 'state' else lower(trim(t.column_name, ' *`')) end as field,
        t.value as said
    from class_indexes as i
    inner join document_cells as t on i.repository = t.repository and i.index_path = t.path and i.line = t.line
    where lower(trim(t.column_name, ' *`')) in ('status', 'state', 'owner', 'version') and regexp_matches(t.value, '[\pL\d]')
),

below as (
    select i.repository, i.index_path, i.class_id, i.path, i.line, i.is_declared, max_by(s.heading, s.line) as heading
    from class_indexes as i
    inner join sections as s on i.repository = s.repository and i.index_path = s.path and i.line between s.line and s.end_line
    group by i.repository, i.index_path, i.class_id, i.path, i.line, i.is_declared
),

in_sections as (
    -- A heading that is a state of the class says the state of what stands below it.
    select b.repository, b.index_path, b.class_id, b.path, b.line, b.is_declared, 'state' as field, b.heading as said
    from below as b
    inner join document_classes as c on b.class_id = c.class_id
    where list_contains(c.states, lower(trim(b.heading, ' :.')))
)

select
    x.repository,
    x.index_path,
    any_value(x.class_id) as class_id,
    x.path,
    min(x.line) as line,
    x.field,
    min_by(x.said, x.line) as said,
    bool_or(x.is_declared) as is_declared
from (select * from in_rows union all by name select * from in_sections) as x
group by x.repository, x.index_path, x.path, x.field
