/* ---
title: Documents that lead nowhere
rule: broken_reference
figure: "{broken:,}"
sentence: "{broken:,} of {n:,} references in documents {broken|leads|lead} nowhere"
details:
  - "{causes:,} {causes|cause explains|causes explain} them; in {documents:,} {documents|document|documents}"
--- */
select
    count(*) filter (where r.state = 'broken') as value,
    count(*) as n,
    count(*) filter (where r.state = 'broken') as broken,
    count(distinct coalesce(r.cause, r.path || r.target)) filter (where r.state = 'broken') as causes,
    count(distinct r.path) filter (where r.state = 'broken') as documents,
    least(0.9, 0.2 + 3 * count(*) filter (where r.state = 'broken') / count(*)) as surprise,
    0.9 * least(1, count(*) / 50) as certainty
from document_references as r
where r.state in ('resolves', 'broken')
having count(*) filter (where r.state = 'broken') > 0
