/* ---
title: Versions of governed documents that other documents cite
grain: one row per passage that links one governed document and names one version
key: [repository, path, line]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document that cites.}
  line: {type: bigint, doc: Line of the link.}
  target_path: {type: varchar, doc: The document that it cites.}
  version: {type: varchar, doc: "The version, without a leading v."}
--- */
with cited as (
    select
        r.repository, r.path, r.target_path, min(r.line) as line, p.line as passage,
        any_value(regexp_extract_all(lower(p.text), '\b(?:v|version |rev(?:ision)? ?)(\d+\.\d+(?:\.\d+)?)\b', 1)) as versions
    from document_references as r
    inner join governed_documents as d on r.repository = d.repository and r.target_path = d.path
    inner join passages as p on r.repository = p.repository and r.path = p.path and r.line between p.line and p.end_line
    where d.version is not null and r.path <> r.target_path
    group by r.repository, r.path, r.target_path, p.line
)

select repository, path, line, target_path, versions[1] as version
from cited
where len(versions) = 1
qualify count(*) over (partition by repository, path, passage) = 1
