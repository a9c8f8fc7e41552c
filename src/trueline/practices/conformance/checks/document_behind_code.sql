/* ---
title: Documents keep up with the code that they name
why: A document that names files which are gone, while the code around them went on, describes a system that is gone.
duty: document_lifecycle
weight: supports
examines: select repository, path as subject from document_drift where code_paths > 0
severity: medium
owner: role:head-of-engineering
status: preview
fix: "Read {source_path} against the code, and correct or retire it."
--- */
select
    d.path as subject,
    'names ' || d.missing_paths || case when d.missing_paths = 1 then ' path that no longer exists' else ' paths that no longer exist' end
    || ', and the code that it names changed ' || case when d.code_changes_since = 1 then 'once' else d.code_changes_since || ' times' end
    || ' since it was last touched' as message,
    d.repository,
    d.path as source_path
from document_drift as d
-- A lost path alone is a broken reference, and one cause is one finding.
where d.missing_paths > 0 and d.code_paths > 0 and d.code_changes_since > 0
order by subject
