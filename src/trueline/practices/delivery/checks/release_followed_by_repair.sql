/* ---
title: Releases need no repair within three days
why: A release that is reverted or patched at once was not ready, and its users found out first.
duty: [indicators, success]
weight: supports
examines: >-
  select p.tag as subject from release_repairs as p cross join run
  where p.is_settled and p.released_on > run.as_of - to_days(365)
severity: low
owner: role:head-of-engineering
exact: true
fix: Look at what {subject} missed before it went out, and add the test that would have told.
--- */
select
    p.tag as subject,
    'was followed within three days by '
    || case
        when p.hotfix_tag is not null and p.reverts > 0 then 'the patch ' || p.hotfix_tag || ' and ' || p.reverts || ' reverted changes'
        when p.hotfix_tag is not null then 'the patch ' || p.hotfix_tag
        when p.reverts = 1 then 'the revert of one of its changes'
        else p.reverts || ' reverts of its changes'
    end as message,
    p.repository
from release_repairs as p
cross join run
where
    p.is_settled
    and p.released_on > run.as_of - to_days(365)
    and (p.hotfix_tag is not null or p.reverts > 0)
order by subject
