/* ---
title: Documents that prevail rest on documents that prevail
why: A rule that cites what was superseded is followed after it ended.
duty: canonical_authority
weight: required
examines: |
  select r.repository, r.path || ' -> ' || r.target_path as subject from document_references as r
  inner join governed_documents as d on r.repository = d.repository and r.path = d.path
  inner join governed_documents as t on r.repository = t.repository and r.target_path = t.path
  where d.is_declared and d.is_canonical and d.path <> t.path group by all
severity: medium
group_by: target_path
owner: role:head-of-engineering
status: preview
fix: "Cite what replaced {target_path}, or say why the old one is named."
--- */
select
    r.path || ' -> ' || r.target_path as subject,
    'prevails and cites ' || r.target_path || ', which is ' || any_value(t.state) as message,
    r.repository,
    r.path as source_path,
    min(r.line) as source_line,
    r.target_path
from document_references as r
inner join governed_documents as d on r.repository = d.repository and r.path = d.path
inner join governed_documents as t on r.repository = t.repository and r.target_path = t.path
left join passages as p on r.repository = p.repository and r.path = p.path and r.line between p.line and p.end_line
left join document_fields as f on r.repository = f.repository and r.path = f.path and r.line = f.line
-- What replaced the old one tells where it comes from.
left join document_references as b on r.repository = b.repository and b.path = r.target_path and b.target_path = r.path
where
    -- The usual classes know too little of how an organisation speaks.
    d.is_declared
    and d.is_canonical
    and t.is_final
    and f.field is null
    and b.path is null
    -- Who names the old one to say that it is old is right.
    and not regexp_matches(
        lower(coalesce(p.text, '')),
        'supersed|replac|obsolet|deprecat|former|previous|earlier|historic|retired|withdrawn|reject|no longer|instead of|amend|revis|revisit|evolv|original|unimplemented|combin|we decided|was '
    )
group by r.repository, r.path, r.target_path
order by subject
