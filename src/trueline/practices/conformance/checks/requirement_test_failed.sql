/* ---
title: The tests of every requirement pass
why: A requirement whose test fails does not hold, whatever the release notes say.
duty: canonical_authority
weight: required
examines: select repository, item_id as subject from requirement_runs where tests_run > 0 group by all
severity: high
owner: role:head-of-engineering
exact: true
fix: "Mend what {subject} asks for, or put the doubt to the owner of {source_path}."
--- */
select
    r.item_id as subject,
    'has ' || r.tests_failed || ' of ' || r.tests || ' test files with a failure at the head commit' as message,
    r.repository,
    r.path as source_path,
    r.line as source_line
from requirement_runs as r
where r.tests_failed > 0
order by subject
