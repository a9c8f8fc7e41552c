/* ---
title: What documents refer to is there
why: A reader who follows a dead reference loses the thread, and an agent makes something up.
duty: document_lifecycle
weight: required
examines: |
  select count(*) from document_references as r
  left join path_kinds as k on r.repository = k.repository and r.path = k.path and k.kind = 'test'
  where
    r.state in ('resolves', 'broken')
    and k.path is null
    and not regexp_matches(lower(r.path), '(^|/)(testdata|fixtures?|tests?/(files|data|resources))/')
severity: low
group_by: cause
owner: role:head-of-engineering
precision: {right: 75, n: 77}
fix: "Point it to {remedy}."
--- */
select
    r.path || ' -> ' || r.target as subject,
    'refers to ' || coalesce(r.target_path, r.path)
    || case when r.target_anchor is not null then '#' || r.target_anchor else '' end || ': ' || coalesce(r.reason, 'which is not there')
    || case when r.moved_to is not null then '; it may now be ' || r.moved_to else '' end as message,
    r.repository,
    r.path as source_path,
    r.line as source_line,
    coalesce(r.cause, r.path || ' -> ' || r.target) as cause,
    coalesce(r.moved_to, 'what replaced it, or take it out') as remedy
from document_references as r
-- A document that a test reads may well lead nowhere.
left join path_kinds as k on r.repository = k.repository and r.path = k.path and k.kind = 'test'
where
    r.state = 'broken'
    and k.path is null
    and not regexp_matches(lower(r.path), '(^|/)(testdata|fixtures?|tests?/(files|data|resources))/')
    -- A path in running text that only ends like a file which is gone may speak of any project.
    and not (
        r.kind = 'named_path'
        and r.target_path <> regexp_replace(r.target, '^(\.?/)+', '')
        and r.target_path <> regexp_extract(r.path, '^(.*/)?', 0) || regexp_replace(r.target, '^(\.?/)+', '')
    )
order by subject
