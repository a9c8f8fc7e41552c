/* ---
title: Owners of documents are roles that a charter describes
why: A role that nobody described cannot be asked, and has no successor.
duty: canonical_authority
weight: required
examines: select repository, path as subject from governed_documents where owner like 'role:%'
applies: select count(*) > 0 from charters
severity: medium
group_by: cause
owner: role:head-of-engineering
exact: true
fix: "Write a charter for {cause}, or name another owner in {source_path}."
--- */
select
    d.path as subject,
    'is owned by ' || d.owner || ', which no charter describes' as message,
    d.repository,
    d.path as source_path,
    d.owner_line as source_line,
    d.owner as cause
from governed_documents as d
left join charters as r on substr(trim(d.owner), 6) in (r.charter_id, r.role)
where d.owner like 'role:%' and r.charter_id is null
order by subject
