/* ---
title: Releases need no repair within three days
why: A release that is reverted or patched at once was not ready, and its users found out first.
duty: [indicators, success]
weight: supports
examines: select repository, tag as subject from release_repairs where is_settled and is_recent
severity: low
owner: role:head-of-engineering
exact: true
fix: Look at what {subject} missed before it went out, and add the test that would have told.
--- */
select
    p.tag as subject,
    'was followed within three days by '
    || case
        when p.hotfix_tag is null then ''
        when p.reverts = 0 then 'the patch ' || p.hotfix_tag
        else 'the patch ' || p.hotfix_tag || ' and '
    end
    || case
        when p.reverts = 0 then ''
        when p.reverts = 1 then 'the revert of one of its changes'
        else 'the revert of ' || p.reverts || ' of its changes'
    end as message,
    p.repository
from release_repairs as p
where
    p.is_settled
    and p.is_recent
    and (p.hotfix_tag is not null or p.reverts > 0)
order by subject
