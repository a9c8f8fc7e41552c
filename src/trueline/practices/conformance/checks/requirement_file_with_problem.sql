/* ---
title: Files that state requirements can be read
why: What cannot be read is neither required nor verified, and nobody notices.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_files
severity: medium
owner: role:head-of-engineering
exact: true
fix: "{remedy}."
--- */
select
    p.path as subject,
    min(p.message) as message,
    p.repository,
    p.path as source_path,
    min(p.line) as source_line,
    coalesce(min(p.fix), 'Correct it') as remedy
from requirement_problems as p
group by p.repository, p.path
order by subject
