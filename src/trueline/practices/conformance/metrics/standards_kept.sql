/* ---
title: Standards that are kept
why: Standards hold where a tool looked and found nothing, not where they are written down.
duty: standards
unit: share of standards, each counted in every repository where its tool ran
direction: up
--- */
select
    cast(null as date) as period,
    s.repository as subject,
    count(*) filter (where s.is_measured and s.results = 0) / count(*) filter (where s.is_measured) as value,
    count(*) filter (where s.is_measured) as n,
    count(*) filter (where s.is_measured) / count(*) as coverage
from standard_states as s
group by grouping sets ((s.repository), ())
having count(*) filter (where s.is_measured) > 0
