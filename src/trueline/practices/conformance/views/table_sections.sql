/* ---
title: Tables of documents and the sections that hold them
grain: one row per table, and per text that was meant to be one
key: [repository, path, table_line]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document.}
  table_line: {type: bigint, doc: Line of its head.}
  place: {type: varchar, doc: "The document and the anchor of the section, as in `docs/a.md#fees`; the document alone above the first heading."}
--- */
with found as (
    select repository, path, table_line from document_cells
    union
    select repository, path, table_line from ragged_rows
)

select
    t.repository,
    t.path,
    t.table_line,
    t.path || coalesce('#' || max_by(s.anchor, s.line), '') as place
from found as t
left join sections as s on t.repository = s.repository and t.path = s.path and s.line <= t.table_line
group by t.repository, t.path, t.table_line
