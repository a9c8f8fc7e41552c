/* ---
title: Documents name code that exists
why: A document that names files which are gone describes a system that is gone.
duty: document_lifecycle
weight: supports
examines: select repository || '/' || path as subject from document_drift
severity: medium
owner: role:head-of-engineering
status: preview
fix: "Read {source_path} against the code, and correct or retire it."
--- */
select
    d.repository || '/' || d.path as subject,
    'names ' || d.missing_paths || case when d.missing_paths = 1 then ' path that no longer exists' else ' paths that no longer exist' end
    || case
        when d.code_changes_since > 0 then '; the code it names changed ' || d.code_changes_since
        || case when d.code_changes_since = 1 then ' time' else ' times' end || ' since it was last touched'
        else ''
    end as message,
    d.repository,
    d.path as source_path
from document_drift as d
where d.missing_paths > 0
order by subject
