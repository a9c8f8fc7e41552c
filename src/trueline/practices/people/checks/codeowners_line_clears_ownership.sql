/* ---
title: A CODEOWNERS line that clears ownership says so
why: A line that names nobody takes files from the owners that an earlier line names, and looks like a line that was not finished.
duty: ownership
weight: supports
examines: |
  select repository, path || coalesce(' [' || section || ']', '') || ' ' || pattern as subject
  from codeowners_usage where pattern is not null and problem is null and effective_files > 0 and coalesce(kind, 'entry') = 'entry'
applies: select count(*) > 0 from codeowners_usage
severity: medium
owner: role:head-of-engineering
exact: true
fix: Name the owners of {pattern} in line {source_line} of {source_path}, or write a comment there that nobody is to own it.
--- */
select
    u.path || coalesce(' [' || u.section || ']', '') || ' ' || u.pattern as subject,
    'names nobody, without a comment that says why, and takes '
    || case when u.cleared_files = 1 then 'one file' else u.cleared_files || ' files' end
    || ' from the owners in line ' || u.cleared_from_line
    || case
        when u.dialect = 'gitlab' and u.section is null then ' (by GitLab''s rules, outside all sections)'
        when u.dialect = 'gitlab' then ' (by GitLab''s rules, in this section)'
        else ''
    end as message,
    u.repository,
    u.pattern,
    u.path as source_path,
    u.line as source_line
from codeowners_usage as u
where u.pattern is not null and u.problem is null and u.cleared_files > 0 and u.has_comment is not true
order by subject
