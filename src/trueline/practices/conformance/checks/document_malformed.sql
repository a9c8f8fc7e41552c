/* ---
title: Documents can be read to the end
why: What a reader cannot tell from the header, or cannot decode, no rule sees and no agent follows.
duty: document_lifecycle
weight: supports
examines: |
  select repository, path as subject from documents
  where not regexp_matches(lower(path), '(^|/)templates?/|template[^/]*$')
severity: low
owner: role:head-of-engineering
exact: true
fix: "Mend {subject}: {problem}."
--- */
select
    d.path as subject,
    'cannot be read whole: ' || d.problem as message,
    d.repository,
    d.path as source_path,
    1 as source_line,
    d.problem
from documents as d
where
    d.problem is not null
    -- What is to be filled in is none yet.
    and not regexp_matches(lower(d.path), '(^|/)templates?/|template[^/]*$')
order by subject
