/* ---
title: Files that governed documents cite as evidence
grain: one row per document, line and file that it cites under a heading or a column called evidence
key: [repository, path, line, target_path]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document.}
  line: {type: bigint, doc: Where it cites.}
  target_path: {type: varchar, doc: "The file, as it is or should be called."}
  is_there: {type: boolean, doc: True where the tree has it.}
--- */
with places as (
    select repository, path, line, line as end_line
    from document_cells
    where regexp_matches(lower(column_name), '\b(evidence|proof|artefacts?|artifacts?)\b')
    union all
    select repository, path, line, end_line
    from sections
    where regexp_matches(lower(heading), '^[\d. ]*(evidence|sign-?off( evidence)?|gate evidence|proof)$')
    union all
    select repository, path, line, line as end_line
    from document_fields
    where field in ('evidence', 'evidence_for_gate', 'gate_evidence', 'sign_off_evidence')
)

select distinct r.repository, r.path, r.line, r.target_path, r.state = 'resolves' as is_there
from document_references as r
inner join governed_documents as d on r.repository = d.repository and r.path = d.path
inner join places as p on r.repository = p.repository and r.path = p.path and r.line between p.line and p.end_line
where r.state in ('resolves', 'broken') and r.target_path is not null and r.target_path <> r.path
