/* ---
title: Standards hold for some file
why: Paths that match nothing make a standard look kept while it holds nowhere.
duty: standards
weight: supports
examines: select repository, standard_id as subject from standard_states
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Correct the paths of {subject}, or leave {repository} out of its repositories."
--- */
select
    s.standard_id as subject,
    'matches no file with its paths' as message,
    s.owner,
    s.repository,
    case when s.repository = s.standard_repository then s.source_path end as source_path,
    case when s.repository = s.standard_repository then s.source_line end as source_line
from standard_states as s
where s.files = 0
order by subject
