/* ---
title: Paths that a specification names exist
why: A specification that governs files which are gone protects nothing, and looks as if it did.
duty: [canonical_authority, no_silent_redefinition]
weight: required
examines: select repository, spec_id as subject from specs where len(paths) > 0
applies: select count(*) > 0 from specs where len(paths) > 0
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Name in {source_path} where the code of {subject} lies today."
--- */
select
    s.spec_id as subject,
    'governs ' || array_to_string(s.paths, ', ') || ', and no file lies there' as message,
    s.repository,
    s.source_path,
    s.source_line
from specs as s
left join governed_paths as g on s.repository = g.spec_repository and s.spec_id = g.spec_id
where len(s.paths) > 0 and g.path is null
order by subject
