/* ---
title: References that lead somewhere
why: How far a reader gets with the documents.
duty: document_lifecycle
unit: share of the references whose target can be checked
direction: up
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where r.state = 'resolves') / count(*) filter (where r.state in ('resolves', 'broken')) as value,
    count(*) filter (where r.state in ('resolves', 'broken')) as n,
    count(*) filter (where r.state in ('resolves', 'broken')) / count(*) filter (where r.state <> 'external') as coverage
from document_references as r
having count(*) filter (where r.state in ('resolves', 'broken')) > 0
