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
    count(*) filter (where s.results = 0 and s.is_rule_known is distinct from false) / count(*) as value,
    count(*) as n,
    count(*) / (
        select count(*)
        from standard_states as a
        where grouping(s.repository) = 1 or a.repository = s.repository
    ) as coverage
from standard_states as s
where s.runs > 0 and s.files > 0
group by grouping sets ((s.repository), ())
having count(*) > 0
