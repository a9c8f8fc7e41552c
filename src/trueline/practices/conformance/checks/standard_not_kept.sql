/* ---
title: Standards are kept
why: A standard that is broken in places and nobody says so soon holds nowhere.
duty: standards
weight: required
examines: select repository, standard_id as subject from standard_states where is_measured
severity: medium
group_by: standard_id
owner: role:head-of-engineering
exact: true
fix: "Mend what breaks {standard_id}, or have a deviation approved until when it is mended."
--- */
with broken as (
    select
        r.repository,
        r.standard_repository,
        r.standard_id,
        r.path,
        count(*) as results,
        min(r.line) as line
    from standard_results as r
    group by r.repository, r.standard_repository, r.standard_id, r.path
)

select
    coalesce(b.path, b.repository) as subject,
    'has ' || b.results || case when b.results = 1 then ' result of ' else ' results of ' end || s.rule as message,
    s.owner,
    b.standard_id,
    b.repository,
    b.path as source_path,
    b.line as source_line
from broken as b
inner join standard_states as s using (repository, standard_repository, standard_id)
where s.is_measured
order by subject
