/* ---
title: Standards that are kept
why: Standards hold where a tool looked and found nothing, not where they are written down.
duty: standards
unit: share of standards, each counted in every repository where its tool ran
direction: up
--- */
with judged as (
    select
        s.repository,
        s.runs > 0 and s.files > 0 as is_measured,
        s.results = 0 and s.is_rule_known is distinct from false as is_kept
    from standard_states as s
)

select
    cast(null as date) as period,
    j.repository as subject,
    count(*) filter (where j.is_measured and j.is_kept) / count(*) filter (where j.is_measured) as value,
    count(*) filter (where j.is_measured) as n,
    count(*) filter (where j.is_measured) / count(*) as coverage
from judged as j
group by grouping sets ((j.repository), ())
having count(*) filter (where j.is_measured) > 0
