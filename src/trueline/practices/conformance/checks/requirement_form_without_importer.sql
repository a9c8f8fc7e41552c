/* ---
title: Every form in which requirements are stated is read
why: A form that nobody reads makes what it states look like tags that cite nothing.
duty: canonical_authority
weight: supports
examines: select count(*) from requirement_accounting
severity: medium
owner: role:head-of-engineering
status: preview
fix: Install an importer for {subject} files, or state the requirements in a form that is read.
--- */
select
    a.rule as subject,
    'files seem to state requirements and nothing reads them (' || count(*) || ')' as message,
    a.repository,
    min(a.path) as source_path,
    1 as source_line
from requirement_accounting as a
where a.state = 'no_importer'
group by a.repository, a.rule
order by subject
