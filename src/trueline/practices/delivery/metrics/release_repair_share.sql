/* ---
title: Releases followed by a repair
why: The share of releases whose users found out first.
duty: [indicators, success]
unit: share of the releases of twelve months that were reverted in part or patched within three days
direction: down
--- */
select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    count(*) filter (where p.hotfix_tag is not null or p.reverts > 0) / count(*) as value,
    count(*) as n,
    cast(1 as double) as coverage
from release_repairs as p
where p.is_settled and p.is_recent
having count(*) > 0
