/* ---
title: Every CODEOWNERS section names somebody
why: GitLab approves by itself what a section demands that names nobody, so the section looks like a review and is none.
duty: ownership
weight: supports
examines: select distinct repository, path || ' [' || section || ']' as subject from codeowners_usage where section is not null
applies: select count(*) > 0 from codeowners_usage where section is not null
severity: medium
owner: role:head-of-engineering
exact: true
fix: Name the owners behind the head in line {source_line} of {source_path}, or take the section out.
--- */
select
    u.path || ' [' || u.section || ']' as subject,
    case count(*) filter (where u.kind = 'entry' and u.problem is null)
        when 0 then 'names nobody and has no entries'
        when 1 then 'names nobody, nor does its one entry'
        else 'names nobody, nor does any of its ' || count(*) filter (where u.kind = 'entry' and u.problem is null) || ' entries'
    end as message,
    u.repository,
    u.path as source_path,
    min(u.line) as source_line
from codeowners_usage as u
where u.section is not null
group by u.repository, u.path, u.section
having coalesce(sum(len(u.owners)) filter (where u.problem is null), 0) = 0
order by subject
