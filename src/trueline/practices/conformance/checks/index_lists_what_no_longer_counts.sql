/* ---
title: The index lists nothing that no longer counts as if it did
why: A superseded document that the index still lists is followed.
duty: [document_lifecycle, canonical_authority]
weight: supports
examines: |
  select r.repository, r.path || ' -> ' || r.target_path as subject from document_references as r
  inner join document_classes as c on r.path = c.index_path
  inner join governed_documents as d on r.repository = d.repository and r.target_path = d.path
  group by all
applies: select count(*) > 0 from document_classes where index_path is not null
severity: low
owner: role:head-of-engineering
status: preview
fix: "Say in {source_path} that {target_path} is {state}, or take it out."
--- */
select
    r.path || ' -> ' || r.target_path as subject,
    'lists a document that is ' || any_value(d.state) || ', and does not say so' as message,
    r.repository,
    r.path as source_path,
    min(r.line) as source_line,
    r.target_path,
    any_value(d.state) as state
from document_references as r
inner join document_classes as c on r.path = c.index_path
inner join governed_documents as d on r.repository = d.repository and r.target_path = d.path
left join passages as p on r.repository = p.repository and r.path = p.path and r.line between p.line and p.end_line
left join document_cells as t
    on r.repository = t.repository and r.path = t.path and r.line = t.line and contains(lower(t.value), d.state)
left join sections as s
    on
        r.repository = s.repository
        and r.path = s.path
        and r.line between s.line and s.end_line
        and contains(lower(s.heading), d.state)
where
    d.is_final
    and not contains(lower(coalesce(p.text, '')), d.state)
    -- A mark before the name, such as a cross, says it too.
    and not regexp_matches(coalesce(p.text, ''), '^[^\pL\pN\s\[("''*_`<#-]')
    and t.value is null
    and s.heading is null
group by r.repository, r.path, r.target_path
order by subject
