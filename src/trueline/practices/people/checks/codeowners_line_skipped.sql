/* ---
title: The forge understands every CODEOWNERS line
why: A line that the forge skips asks nobody for a review, and says so only to who looks for it.
duty: ownership
weight: required
examines: select count(*) from codeowners_usage
applies: select count(*) > 0 from codeowners_usage
severity: high
owner: role:head-of-engineering
exact: true
fix: Correct line {source_line} of {source_path}.
--- */
select
    u.path || coalesce(' [' || u.section || ']', '') || coalesce(' ' || u.pattern, ' ' || u.problem, '') as subject,
    case
        when u.problem is not null then 'is skipped by the forge: ' || u.problem
        when u.ignored_owners = 1 then 'has a word in the place of its owners that names nobody by GitLab''s rules, and is ignored'
        else 'has ' || u.ignored_owners || ' words in the place of its owners that name nobody by GitLab''s rules, and are ignored'
    end as message,
    u.repository,
    u.path as source_path,
    u.line as source_line
from codeowners_usage as u
where u.problem is not null or u.ignored_owners > 0
order by subject
