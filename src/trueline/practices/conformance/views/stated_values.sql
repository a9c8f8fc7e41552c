/* ---
title: Values that governed documents and their sources state
grain: one row per document, form and name; a name that one document gives two values is left out
key: [repository, path, form, name]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document.}
  line: {type: bigint, doc: Where it says so.}
  form: {type: varchar, doc: "field (of a header), term (bold words with what follows), cell (of a table) or sentence."}
  name: {type: varchar, doc: "What is stated, in lower case: the field, the term, row and column, or the sentence without its numbers and modal verbs."}
  value: {type: varchar, doc: "Its numbers and modal verbs, in order; the whole value of a field."}
  shown: {type: varchar, doc: "As written, at most 100 characters."}
--- */
with places as (
    select repository, path from governed_documents
    union
    select repository, path from derived_documents
    union
    select repository, source_path as path from derived_documents where source_path is not null
),

texts as (
    select p.repository, p.path, p.line, p.lead, p.text
    from passages as p
    semi join places as g on p.repository = g.repository and p.path = g.path
    -- A line of the header speaks of the document itself.
    anti join document_fields as f on p.repository = f.repository and p.path = f.path and f.line between p.line and p.end_line
),

fields as (
    select f.repository, f.path, f.line, 'field' as form, f.field as name, lower(trim(f.value, ' *`".')) as value, f.value as shown
    from document_fields as f
    semi join places as g on f.repository = g.repository and f.path = g.path
    where regexp_matches(f.value, '\d')
),

terms as (
    select t.repository, t.path, t.line, 'term' as form, lower(trim(t.lead, ' :.')) as name, trim(substr(t.text, len(t.lead) + 1), ' :-–—') as said
    from texts as t
    where t.lead is not null and len(t.lead) between 3 and 60 and regexp_matches(t.lead, '\pL{2}')
),

cells as (
    select
        c.repository, c.path, c.line, 'cell' as form,
        lower(f.column_name || ' ' || trim(f.value, ' *`') || ' / ' || c.column_name) as name, c.value as said
    from document_cells as c
    inner join document_cells as f
        on c.repository = f.repository and c.path = f.path and c.line = f.line and f.column_number = 1
    semi join places as g on c.repository = g.repository and c.path = g.path
    where
        c.column_number > 1
        and len(f.value) between 3 and 80
        and regexp_matches(f.value, '\pL{2}')
        and not regexp_matches(lower(c.column_name), '^#|\b(date|version|no|number|id|links?|issue|pr|line|page|section|reference|since|commit)\b')
        and not regexp_matches(lower(f.column_name), '\b(date|version|revision|author)\b')
),

short as (
    select * from terms
    union all
    select * from cells
),

named as (
    select
        s.repository, s.path, s.line, s.form, s.name,
        array_to_string(regexp_extract_all(replace(s.said, ',', ''), '\d+(?:\.\d+)?'), ' ') as value, s.said as shown
    from short as s
    -- A value, and no sentence; of what is cited (RFC 2119, #12, a link) the number means nothing here.
    where
        len(string_split(s.said, ' ')) <= 8
        and regexp_matches(s.said, '(^|[\s(<>=≤≥~±$€£])\d')
        and not regexp_matches(lower(s.said), '\b(rfc|eip|erc|bip|issue|section|step|pr|see|version|v)[ -]?#?\d|(january|february|march|april|may|june|july|august|september|october|november|december) \d|https?:|#\d|\d{4}-\d\d')
),

sentences as (
    select t.repository, t.path, t.line, unnest(string_split_regex(replace(t.text, ',', ''), '[.;!?]\s+|[.;!?:]$')) as said
    from texts as t
),

-- The number of what is named by it is a name: section 4, step 2, RFC 2119, 3 Mar 2026.
guarded as (
    select
        s.repository, s.path, s.line, s.said,
        regexp_replace(
            regexp_replace(' ' || regexp_replace(lower(trim(s.said)), '\b20\d{6}\b', 'day') || ' ', '\b(rfc|eip|erc|bip|pep|ip|iso|section|sections|step|steps|figure|table|chapter|part|version|level|phase|layer|type|option|page|item|note|block|example|case|appendix|january|february|march|april|may|june|july|august|september|october|november|december) (\d)', '\1_\2', 'g'),
            '(\d) (january|february|march|april|may|june|july|august|september|october|november|december)', '\1_\2', 'g'
        ) as plain
    from sentences as s
    where len(s.said) between 30 and 400
),

shaped as (
    select
        g.repository, g.path, g.line, 'sentence' as form,
        trim(regexp_replace(
            regexp_replace(g.plain, '\b(?:must|shall|should|may|can|will)(?:not\b| not\b|\b)', '§', 'g'),
            '([\s(<>=≤≥~±$€£])\d+(?:[.]\d+)?', '\1#', 'g'
        )) as name,
        array_to_string(
            regexp_extract_all(g.plain, '\b(?:must|shall|should|may|can|will)(?:not\b| not\b|\b)|[\s(<>=≤≥~±$€£]\d+(?:[.]\d+)?'), ' '
        ) as value,
        trim(g.said) as shown
    from guarded as g
),

stated as (
    select * from fields
    union all
    select * from named where value <> ''
    union all
    select * from shaped where value <> '' and len(string_split(name, ' ')) >= 6 and len(regexp_replace(name, '[^\pL]', '', 'g')) >= 20
)

select
    s.repository,
    s.path,
    min(s.line) as line,
    s.form,
    s.name,
    any_value(regexp_replace(trim(s.value), '\s+', ' ', 'g')) as value,
    left(min_by(s.shown, s.line), 100) as shown
from stated as s
where s.value is not null and s.name is not null
group by s.repository, s.path, s.form, s.name
having count(distinct regexp_replace(trim(s.value), '\s+', ' ', 'g')) = 1
