/* ---
title: Terms that documents define
grain: one row per definition, of glossaries and of sections that define terms
key: [repository, path, line]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document.}
  line: {type: bigint, doc: Line of the definition.}
  term: {type: varchar, doc: "The term, in lower case."}
  meaning: {type: varchar, doc: "What it means, as written."}
  plain_meaning: {type: varchar, doc: "Letters and digits of the meaning, in lower case; equal where only layout differs."}
--- */
with glossary as (
    select repository, path, line, end_line
    from sections
    where regexp_matches(lower(heading), '\b(glossary|definitions?|terminology|terms|vocabulary|defined terms)\b')
),

in_lists as (
    select distinct
        p.repository, p.path, p.line, lower(trim(p.lead, ' :.')) as term,
        trim(substr(p.text, len(p.lead) + 1), ' :-–—') as meaning
    from passages as p
    inner join glossary as g on p.repository = g.repository and p.path = g.path and p.line between g.line and g.end_line
    where p.lead is not null
),

in_tables as (
    select distinct t.repository, t.path, t.line, lower(trim(t.value, ' *`:.')) as term, m.value as meaning
    from document_cells as t
    inner join glossary as g on t.repository = g.repository and t.path = g.path and t.line between g.line and g.end_line
    inner join document_cells as m on t.repository = m.repository and t.path = m.path and t.line = m.line and m.column_number = 2
    where t.column_number = 1 and lower(t.column_name) in ('term', 'word', 'name', 'concept', 'acronym', 'abbreviation')
)

select repository, path, line, term, meaning, lower(regexp_replace(meaning, '[^\pL\pN]+', '', 'g')) as plain_meaning
from (select * from in_lists union all select * from in_tables) as found
where
    len(term) between 2 and 60
    and len(meaning) > 3
    -- These label a remark, not a term.
    and term not in ('note', 'notes', 'definition', 'definitions', 'example', 'examples', 'returns', 'parameters', 'use case', 'warning', 'important', 'status',
        'given', 'when', 'then', 'and', 'but')
