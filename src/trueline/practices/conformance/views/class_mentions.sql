/* ---
title: Classes of documents that headers and tables name
grain: one row per document, line and class
key: [repository, path, line, name]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document.}
  line: {type: bigint, doc: Where.}
  written: {type: varchar, doc: "The class, as written."}
  name: {type: varchar, doc: "In lower case with spaces, and singular."}
  is_declared: {type: boolean, doc: True where a record declares it.}
--- */
with marks as (
    select distinct repository, regexp_replace(lower(trim(string_split(marked_by, '=')[1])), '[\s/_-]+', '_', 'g') as field
    from declared_classes
    where marked_by is not null
),

in_headers as (
    select f.repository, f.path, f.line, f.value as written
    from document_fields as f
    left join marks as m on f.repository = m.repository and f.field = m.field
    left join governed_documents as d on f.repository = d.repository and f.path = d.path
    where
        trim(coalesce(f.value, '')) <> ''
        and (f.field in ('document_class', 'doc_class') or (d.is_declared and (f.field = 'class' or m.field is not null)))
),

in_tables as (
    select
        t.repository, t.path, t.line, t.value as written,
        count(d.name) over (partition by t.repository, t.path, t.table_line) as known,
        count(*) over (partition by t.repository, t.path, t.table_line) as rows_of_table
    from document_cells as t
    left join (select distinct repository, name from class_names) as d
        on t.repository = d.repository and trim(rtrim(regexp_replace(lower(trim(t.value, ' *`_')), '[\s_-]+', ' ', 'g'), 's')) = d.name
    where
        regexp_full_match(lower(trim(t.column_name, ' *`')), '(document )?(class|type)(es)?( of documents?)?')
        and trim(t.value, ' *`_') <> ''
),

said as (
    select repository, path, line, written from in_headers
    union all
    -- A table of classes names two that are declared, and most of it is.
    select repository, path, line, written from in_tables where known >= 2 and known * 2 >= rows_of_table
)

select distinct
    s.repository,
    s.path,
    s.line,
    left(trim(s.written, ' *`_'), 80) as written,
    trim(rtrim(regexp_replace(lower(trim(s.written, ' *`_')), '[\s_-]+', ' ', 'g'), 's')) as name,
    exists (
        select 1 from class_names as d
        where d.repository = s.repository and d.name = trim(rtrim(regexp_replace(lower(trim(s.written, ' *`_')), '[\s_-]+', ' ', 'g'), 's'))
    ) as is_declared
from said as s
-- Where nobody declares a class, none is missing.
semi join class_names as h on s.repository = h.repository
