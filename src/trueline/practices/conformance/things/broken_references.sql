/* ---
title: Documents that lead nowhere
rule: broken_reference
figure: "{value:,} of {n:,}"
sentence: "{value:,} of {n:,} references in documents {value|leads|lead} nowhere"
details:
  - "in {documents:,} {documents|document|documents}, and {causes:,} {causes|cause explains|causes explain} them all"
  - "in {separate:,} {separate|document|documents}"
  - "only references inside the repository are followed"
--- */
with counted as (
    select
        count(*) filter (where r.state = 'broken') as broken,
        count(*) as n,
        count(distinct r.repository || '/' || coalesce(r.cause, r.path || ' -> ' || r.target)) filter (where r.state = 'broken') as causes,
        count(distinct r.repository || '/' || r.path) filter (where r.state = 'broken') as documents
    from document_references as r
    where r.state in ('resolves', 'broken')
)

select
    c.broken as value,
    c.n,
    -- What several have in common is worth saying; that each has its own cause is not.
    case when 2 * c.causes <= c.broken then c.causes end as causes,
    c.documents,
    case when 2 * c.causes > c.broken then c.documents end as separate,
    -- A few dead links are everywhere, a tenth of all is news.
    least(0.9, 0.1 + 3 * c.broken / c.n) as surprise,
    0.9 * least(1, c.n / 50) as certainty
from counted as c
where c.broken > 0
