/* ---
title: A document claims one state
why: Where the header says draft and the text says accepted, each reader picks the one that suits.
duty: [document_lifecycle, canonical_authority]
weight: required
examines: select repository, path as subject from governed_documents where states_claimed > 0
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Say the state of {subject} once."
--- */
select
    d.path as subject,
    'claims ' || d.states_claimed || ' different states' as message,
    d.repository,
    d.path as source_path,
    d.state_line as source_line
from governed_documents as d
where d.states_claimed > 1
order by subject
