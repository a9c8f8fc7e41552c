/* ---
title: Cited versions existed
why: A version that was never true proves nothing, however exact it looks.
duty: canonical_authority
weight: supports
examines: select repository, path || ':' || line as subject from version_citations
severity: medium
owner: role:head-of-engineering
status: preview
fix: "Cite a version that {target_path} had: {known}."
--- */
with versions as (
    select f.repository, f.path, list(distinct ltrim(lower(trim(f.value)), 'v')) as known
    from version_fields as f
    where f.field in ('version', 'revision', 'document_version', 'spec_version')
    group by f.repository, f.path
)

select
    c.path || ' cites ' || c.target_path || ' ' || c.version as subject,
    'cites version ' || c.version || ' of ' || c.target_path || ', which it never had' as message,
    c.repository,
    c.path as source_path,
    min(c.line) as source_line,
    c.target_path,
    any_value(array_to_string(list_sort(v.known), ', ')) as known
from version_citations as c
inner join versions as v on c.repository = v.repository and c.target_path = v.path
where
    not list_contains(v.known, c.version)
    -- 1.4 speaks of every 1.4.x, and 1.4.0 of 1.4.
    and len(list_filter(v.known, lambda k: starts_with(k, c.version || '.') or c.version = k || '.0')) = 0
group by c.repository, c.path, c.target_path, c.version
order by subject
