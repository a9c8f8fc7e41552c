/* ---
title: Part that declared owners have in the work
why: Ownership that is declared and not lived is found out when something breaks.
duty: ownership
unit: share of a year's changes, counted for each CODEOWNERS line that declares persons only
direction: up
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    sum(w.changes_by_declared) / nullif(sum(w.changes_known), 0) as value,
    sum(w.changes_known) as n,
    sum(w.changes_known) / nullif(max(w.all_changes), 0) as coverage
from (
    select
        o.changes_by_declared,
        o.changes_known,
        o.declared_known = o.declared_people as is_each_known,
        sum(o.changes) over () as all_changes
    from declared_owner_work as o
    where o.declared_people > 0 and o.teams = 0 and o.effective_files > 0
) as w
-- What an owner does whose account git never shows cannot be told from what others do.
where w.is_each_known
having sum(w.changes_known) > 0
