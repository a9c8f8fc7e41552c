/* ---
title: Which document a header says replaced which
grain: one row per document and document that it says replaced it
key: [repository, old_path, new_path]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  old_path: {type: varchar, doc: The document that was replaced.}
  new_path: {type: varchar, doc: The one that replaced it.}
  path: {type: varchar, doc: The document that says so.}
  line: {type: bigint, doc: Where.}
--- */
with said as (
    select distinct
        f.repository, f.path, f.line,
        f.field in ('superseded_by', 'replaced_by', 'obsoleted_by', 'deprecated_by') as is_old,
        t.path as other
    from document_fields as f
    inner join governed_documents as d on f.repository = d.repository and f.path = d.path
    inner join governed_documents as t
        on
            f.repository = t.repository
            and d.class_id = t.class_id
            and d.path <> t.path
            -- By path, by the name of the file, or by its number.
            and (
                contains(f.value, parse_path(t.path)[-1])
                or lower(trim(f.value)) = lower(regexp_replace(parse_path(t.path)[-1], '[.]md$', ''))
                or (
                    regexp_full_match(trim(f.value), '[A-Za-z]*[- #]?[0-9]+')
                    and ltrim(regexp_extract(f.value, '[0-9]+'), '0') = ltrim(regexp_extract(parse_path(t.path)[-1], '[0-9]+'), '0')
                )
            )
    where f.field in ('superseded_by', 'replaced_by', 'obsoleted_by', 'deprecated_by', 'supersedes', 'replaces', 'obsoletes')
)

select
    repository,
    case when is_old then path else other end as old_path,
    case when is_old then other else path end as new_path,
    min(path) as path,
    min_by(line, path) as line
from said
group by all
