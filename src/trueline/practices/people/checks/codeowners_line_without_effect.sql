/* ---
title: Every CODEOWNERS line decides for a file
why: A line that decides nothing looks like ownership and is none; reviews go to nobody or to somebody else.
duty: ownership
weight: required
examines: |
  select repository, path || coalesce(' [' || section || ']', '') || ' ' || if(kind = 'exclusion', '!', '') || pattern as subject
  from codeowners_usage where pattern is not null and problem is null
applies: select count(*) > 0 from codeowners_usage
severity: medium
owner: role:head-of-engineering
exact: true
fix: Correct the pattern {pattern}, or take the line out of {source_path}.
--- */
select
    u.path || coalesce(' [' || u.section || ']', '') || ' ' || if(u.kind = 'exclusion', '!', '') || u.pattern as subject,
    case
        when u.matched_files = 0 and u.dialect = 'gitlab' then 'matches no file by GitLab''s rules'
        when u.matched_files = 0 then 'matches no file'
        when u.shadowed_by_line is null then 'excludes only files that its section gives nobody'
        when u.matched_files = 1 then 'matches one file, and line ' || u.shadowed_by_line || ' takes it'
        when u.shadowed_by_line < u.line
            then 'matches ' || u.matched_files || ' files, and exclusions such as line ' || u.shadowed_by_line || ' take them all'
        else 'matches ' || u.matched_files || ' files, and later lines such as line ' || u.shadowed_by_line || ' take them all'
    end as message,
    u.repository,
    u.pattern,
    u.path as source_path,
    u.line as source_line
from codeowners_usage as u
where u.pattern is not null and u.problem is null and u.effective_files = 0
order by subject
