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
    u.path || ' ' || coalesce(u.pattern, u.problem) as subject,
    'is skipped by the forge: ' || u.problem as message,
    u.repository,
    u.path as source_path,
    u.line as source_line
from codeowners_usage as u
where u.problem is not null
order by subject
