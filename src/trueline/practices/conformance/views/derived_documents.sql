/* ---
title: Documents whose class says that they are derived from others
grain: one row per document
key: [repository, path]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document.}
  class_id: {type: varchar, doc: Its class.}
  written: {type: varchar, doc: "What its header names as its source, as written; null where it names none."}
  line: {type: bigint, doc: Where.}
  source_path: {type: varchar, doc: "The document that this is; null where there is no such file."}
--- */
select
    d.repository,
    d.path,
    d.class_id,
    any_value(f.value) as written,
    any_value(f.line) as line,
    min(t.path) as source_path
from governed_documents as d
inner join document_classes as c on d.class_id = c.class_id
left join document_fields as f
    on
        d.repository = f.repository
        and d.path = f.path
        and replace(replace(lower(c.derived_from), ' ', '_'), '-', '_') = f.field
        and trim(coalesce(f.value, '')) <> ''
left join documents as t
    on
        d.repository = t.repository
        and d.path <> t.path
        and (
            -- A path from the root or from here, with or without a link round it, or a title.
            regexp_replace(f.value, '^.*\]\(([^)#]*)[^)]*\).*$', '\1') in (t.path, '/' || t.path)
            or parse_path(t.path)[-1] = regexp_extract(regexp_replace(f.value, '^.*\]\(([^)#]*)[^)]*\).*$', '\1'), '[^/]+$', 0)
            or lower(trim(f.value)) = lower(t.title)
        )
where c.derived_from is not null
group by d.repository, d.path, d.class_id
